import ts from 'typescript'

/** An output that a comment states: `// → 5`. */
export interface StatedOutput {
  /** The line in the code, counted from 0. */
  readonly line: number
  readonly text: string
}

const arrow = /^\/\/ → (.+)$/
/** The start of a comment that looks like a value and may be meant as an output. */
const value = /^\/\/ (?:['"[{]|-?\d(?!\.\s)|https?:|(?:true|false|null|undefined)$)/

const commentsOf = (source: ts.SourceFile): { pos: number; text: string }[] => {
  const comments: { pos: number; text: string }[] = []
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? []),
    ]
    for (const { pos, end, kind } of ranges)
      if (kind === ts.SyntaxKind.SingleLineCommentTrivia && !comments.some((comment) => comment.pos === pos))
        comments.push({ pos, text: source.text.slice(pos, end) })
    for (const child of node.getChildren(source)) visit(child)
  }
  visit(source)
  return comments.sort((one, other) => one.pos - other.pos)
}

const parse = (code: string): ts.SourceFile =>
  ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)

const lineOf = (source: ts.SourceFile, pos: number): number => source.getLineAndCharacterOfPosition(pos).line

/** Comments that look like outputs but are not marked as such, so that no test checks them. */
export function unmarkedOutputs(code: string): StatedOutput[] {
  const source = parse(code)
  return commentsOf(source)
    .filter(({ text }) => value.test(text))
    .map(({ pos, text }) => ({ line: lineOf(source, pos), text }))
}

export function statedOutputs(code: string): StatedOutput[] {
  const source = parse(code)
  return commentsOf(source).flatMap(({ pos, text }) => {
    const stated = arrow.exec(text)?.[1]
    return stated === undefined ? [] : [{ line: lineOf(source, pos), text: stated }]
  })
}

/**
 * The code with a call of `globalThis.stated(line, ...values)` for each comment that states an output: the arguments of
 * a call of `console`, the names of a declaration, or the value of an expression.
 */
export function instrument(code: string): string {
  const source = parse(code)
  const changes: { at: number; text: string }[] = []
  for (const { pos, text } of commentsOf(source)) {
    if (!arrow.test(text)) continue
    const statement = statementBefore(source, pos)
    if (!statement) throw new Error(`No statement before ${text}`)
    const line = lineOf(source, pos)
    if (ts.isVariableStatement(statement)) {
      const names = statement.declarationList.declarations.flatMap(({ name }) => namesOf(name))
      changes.push({ at: statement.end, text: `\n;globalThis.stated(${line}, ${names.join(', ')});` })
      continue
    }
    if (!ts.isExpressionStatement(statement)) throw new Error(`Nothing that has a value stands before ${text}`)
    const { expression } = statement
    if (ts.isCallExpression(expression) && /^console\.\w+$/.test(expression.expression.getText(source))) {
      changes.push({ at: expression.arguments.pos, text: `...globalThis.stated(${line}, ` })
      changes.push({ at: expression.arguments.end, text: ')' })
    } else {
      changes.push({ at: expression.getStart(source), text: `globalThis.stated(${line}, ` })
      changes.push({ at: expression.end, text: ')' })
    }
  }
  return changes
    .sort((one, other) => other.at - one.at)
    .reduce((text, change) => text.slice(0, change.at) + change.text + text.slice(change.at), code)
}

/** The innermost statement that ends directly before the comment. */
function statementBefore(source: ts.SourceFile, pos: number): ts.Statement | undefined {
  let found: ts.Statement | undefined
  const visit = (node: ts.Node): void => {
    const isCandidate = (ts.isExpressionStatement(node) || ts.isVariableStatement(node)) && node.end <= pos
    if (isCandidate && (!found || node.end >= found.end)) found = node
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const namesOf = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)))

/** Whether a value matches its written form. Spaces are ignored, and `…` matches anything. */
export function isWritten(stated: string, shown: string): boolean {
  const plain = (text: string) =>
    text
      .replace(/\s+/g, ' ')
      .replace(/(?<=[[{(]) | (?=[\]})])/g, '')
      .trim()
  const pattern = plain(stated)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s\\S]*')
  return new RegExp(`^${pattern}$`).test(plain(shown))
}
