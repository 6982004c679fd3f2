import { installedVersions, manifest } from '../manifest.ts'
import type { Check } from './check.ts'

/** The oldest Node.js, as `engines` of every package says. */
const oldest = [22, 12] as const

export function isNodeOld(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1])
}

export const nodeAdvice = `Install Node.js ${oldest.join('.')} or later.`

export function checkVersions(): Check[] {
  const { node } = process.versions
  const { version } = manifest()
  const others = Object.entries(installedVersions()).filter(([, other]) => other !== version)
  return [
    isNodeOld()
      ? { check: 'Node.js', state: 'failed', detail: node, action: nodeAdvice }
      : { check: 'Node.js', state: 'ok', detail: node },
    others.length === 0
      ? { check: 'packages', state: 'ok', detail: `all of version ${version}` }
      : {
          check: 'packages',
          state: 'warning',
          detail: `@parley/cli is ${version}, but ${others.map(([name, other]) => `${name} ${other}`).join(', ')}`,
          action: 'Install all packages of Parley in one version.',
        },
  ]
}
