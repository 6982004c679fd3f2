import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { codeOf, interfacesOf, methodRows, sentenceOf, tableOf } from './api-operations.ts'

const path = new URL('../../packages/inbox/src/desk/desk.ts', import.meta.url)

/** The methods of the desk, and those that only the desk of a person has. */
export function deskMethods(): string {
  const { Desk: desk, PersonalDesk: personal } = interfaces()
  return [
    tableOf(['Method of `desk`', ''], methodRows('', desk, new Map())),
    'The desk of a person has all of these but `run` and `runOnce`, and:',
    tableOf(['Method of `desk.as(person)`', ''], methodRows('', personal, new Map())),
  ].join('\n\n')
}

/** The fields of the filter. */
export function filterFields(): string {
  const rows = [...interfaces().DeskFilter.members]
    .filter(ts.isPropertySignature)
    .map((field) => `| \`${field.name.getText()}\` | ${valuesOf(field)} | ${sentenceOf(field)} |`)
  return tableOf(['Field', 'Values', ''], rows)
}

type Name = 'Desk' | 'PersonalDesk' | 'DeskFilter'

const interfaces = (): Record<Name, ts.InterfaceDeclaration> =>
  Object.fromEntries(interfacesOf(path)) as Record<Name, ts.InterfaceDeclaration>

/** The type of a field, with a list of words in place of its name. */
function valuesOf({ type }: ts.PropertySignature): string {
  const words = new Map(
    [...readFileSync(path, 'utf8').matchAll(/^export type (\w+) = ((?:'\w+'(?: \| )?)+)$/gm)].map(
      ([, name = '', list = '']) => [name, list],
    ),
  )
  const text = type?.getText().replace(/\breadonly /g, '') ?? ''
  const [, one = text] = /^(.+) \| \1\[\]$/.exec(text) ?? []
  return codeOf(words.get(one) ?? one) + (one === text ? '' : ' or a list')
}
