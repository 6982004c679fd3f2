import { readFileSync } from 'node:fs'
import ts from 'typescript'

const path = new URL('../../packages/core/src/contract/operations.ts', import.meta.url)

/**
 * A table for each group of the contract, read from its source: signatures, and the first sentence of each docstring.
 */
export function operationTables(): string[] {
  const source = ts.createSourceFile(path.pathname, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const interfaces = new Map(
    source.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each] as const),
  )
  const groups = interfaces.get('Operations')?.members ?? []
  return [...groups].flatMap((group) => {
    const name = group.name?.getText() ?? ''
    const declaration = groupOf(group, interfaces)
    if (!declaration) return []
    const rows = rowsOf(name, declaration, interfaces)
    const about = sentenceOf(declaration)
    return [`### \`${name}\``, ...(about ? [about] : []), ['| Operation | |', '| --- | --- |', ...rows].join('\n')]
  })
}

type Interfaces = ReadonlyMap<string, ts.InterfaceDeclaration>

/** The interface of a property such as `actions: AgentActionOperations`. */
const groupOf = (member: ts.TypeElement, interfaces: Interfaces): ts.InterfaceDeclaration | undefined =>
  ts.isPropertySignature(member) && member.type ? interfaces.get(member.type.getText()) : undefined

function rowsOf(name: string, declaration: ts.InterfaceDeclaration, interfaces: Interfaces): string[] {
  return [...declaration.members].flatMap((member) => {
    const path = `${name}.${member.name?.getText()}`
    const inner = groupOf(member, interfaces)
    if (inner) return rowsOf(path, inner, interfaces)
    if (!ts.isMethodSignature(member)) return []
    const parameters = member.parameters
      .map((each) => each.getText())
      .filter((text) => text !== 'options?: OperationOptions')
    const signature = `${path}(${parameters.join(', ')}): ${withDefaults(member.type?.getText() ?? 'void', declaration)}`
    return [`| \`${signature.replaceAll('|', '\\|')}\` | ${sentenceOf(member)} |`]
  })
}

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

/** The first paragraph of the docstring, or its `@returns`. */
function sentenceOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)
  const returned = comment?.tags?.find(ts.isJSDocReturnTag)?.comment
  const text =
    ts.getTextOfJSDocComment(comment?.comment) ?? (returned && `Gives ${ts.getTextOfJSDocComment(returned)}`) ?? ''
  return (text.split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ').trim().replaceAll('|', '\\|')
}
