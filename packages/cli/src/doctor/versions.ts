import { installedVersions, manifest } from '../manifest.ts'
import type { Check } from './check.ts'

/** The oldest Node.js, as `engines` of every package says. */
const oldest = [22, 12] as const

export function checkVersions(): Check[] {
  const { node } = process.versions
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1])
  const { version } = manifest()
  const others = Object.entries(installedVersions()).filter(([, other]) => other !== version)
  return [
    isOld
      ? { check: 'Node.js', state: 'failed', detail: node, action: `Install Node.js ${oldest.join('.')} or later.` }
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
