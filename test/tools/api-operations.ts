import { readFileSync } from 'node:fs'
import ts from 'typescript'

const path = new URL('../../packages/core/src/contract/operations.ts', import.meta.url)

/**
 * A table for each group of the contract, read from its source: signatures, and the first sentence of each docstring.
 */
export function operationTables(): string[] {
  const interfaces = interfacesOf(path)
  const groups = interfaces.get('Operations')?.members ?? []
  return [...groups].flatMap((group) => {
    const name = group.name?.getText() ?? ''
    const declaration = groupOf(group, interfaces)
    if (!declaration) return []
    const about = sentenceOf(declaration)
    const table = tableOf(['Operation', ''], methodRows(`${name}.`, declaration, interfaces))
    return [`### \`${name}\``, ...(about ? [about] : []), table]
  })
}

export const tableOf = (titles: readonly string[], rows: readonly string[]): string =>
  [`|${titles.map((title) => ` ${title}`.trimEnd()).join(' |')} |`, `|${' --- |'.repeat(titles.length)}`, ...rows].join(
    '\n',
  )

/** The interfaces that a source declares. */
export function interfacesOf(path: URL): Interfaces {
  const source = ts.createSourceFile(path.pathname, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  return new Map(source.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each] as const))
}

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>

/** The interface of a property such as `actions: AgentActionOperations`. */
const groupOf = (member: ts.TypeElement, interfaces: Interfaces): ts.InterfaceDeclaration | undefined =>
  ts.isPropertySignature(member) && member.type ? interfaces.get(member.type.getText()) : undefined

/**
 * A row for each method: its signature, and what it does.
 *
 * @param before what is written before the name of the method: that of its group, with a dot.
 */
export function methodRows(before: string, declaration: ts.InterfaceDeclaration, interfaces: Interfaces): string[] {
  return [...declaration.members].flatMap((member) => {
    const path = `${before}${member.name?.getText()}`
    const inner = groupOf(member, interfaces)
    if (inner) return methodRows(`${path}.`, inner, interfaces)
    if (!ts.isMethodSignature(member)) return []
    const parameters = member.parameters
      .map((each) => each.getText())
      .filter((text) => text !== 'options?: OperationOptions')
    const signature = `${path}(${parameters.join(', ')}): ${withDefaults(member.type?.getText() ?? 'void', declaration)}`
    return [`| ${codeOf(signature)} | ${sentenceOf(member)} |`]
  })
}

/** Code in a cell of a table. */
export const codeOf = (code: string): string => `\`${code.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``

/** A group is generic in its entity, for adapters with a typed `raw`. The table shows the entity's name. */
const withDefaults = (
  type: string,
  { typeParameters = ts.factory.createNodeArray() }: ts.InterfaceDeclaration,
): string =>
  typeParameters.reduce(
    (text, { name, default: entity }) =>
      text.replace(new RegExp(`\\b${name.text}\\b`, 'g'), entity?.getText() ?? name.text),
    type,
  )

/** The first paragraph of the docstring, or its `@returns`, or the tags that say what it takes and throws. */
export function sentenceOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  const text = ts.getTextOfJSDocComment(comment?.comment) ?? comment?.tags?.map(sentenceOfTag).join(' ') ?? ''
  return (text.split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')
}

function sentenceOfTag(tag: ts.JSDocTag): string {
  const text = ts.getTextOfJSDocComment(tag.comment) ?? ''
  if (ts.isJSDocReturnTag(tag)) return `Gives ${text}`
  if (ts.isJSDocThrowsTag(tag)) return `Throws ${text}`
  return ts.isJSDocParameterTag(tag) ? `\`${tag.name.getText()}\`: ${text}` : ''
}
