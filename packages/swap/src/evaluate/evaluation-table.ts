import type { EvaluatedAnswer, Evaluation } from './evaluation.ts'
import { byDisagreement, checkEvaluation, duration, notesOf, percent, summaryRows } from './evaluation-text.ts'

/** An answer is shortened to so many characters. */
const longestAnswer = 160

/**
 * Renders an evaluation as Markdown: a summary of the agents, and each question with all answers, those first that differ most.
 *
 * @throws ConfigurationError for anything that is no evaluation.
 */
export function evaluationTable(given: Evaluation): string {
  const evaluation = checkEvaluation('evaluationTable', given)
  const names = evaluation.agents.map(({ name }) => cell(name))
  const notes = notesOf(evaluation)
  return [
    `# Evaluation of ${evaluation.agents.length} agents`,
    [
      row(['', ...names]),
      row(['---', ...names.map(() => '---')]),
      ...summaryRows(evaluation).map(([title, values]) => row([title, ...values.map(cell)])),
    ].join('\n'),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${cell(note)}`).join('\n')]),
    ...byDisagreement(evaluation).map(({ question, answers }) =>
      [
        `## ${cell(question.text)}`,
        '',
        ...(question.disagreement === null ? [] : [`The answers differ by ${percent(question.disagreement)}.`, '']),
        row(['Agent', 'Answer', 'Sources', 'Latency', 'Scores']),
        row(['---', '---', '---', '---', '---']),
        ...answers.map((answer) => row(answerCells(answer))),
      ].join('\n'),
    ),
  ].join('\n\n')
}

function answerCells({ agent, outcome, text, error, sources, latencyMs, scores }: EvaluatedAnswer): string[] {
  const said = outcome === 'answered' && text ? shortened(text) : `(${outcome}${error ? `: ${error.message}` : ''})`
  const scored = Object.entries(scores).flatMap(([name, { score, error: failed }]) =>
    score !== null ? [`${name} ${score.toFixed(2)}`] : failed !== undefined ? [`${name} failed`] : [],
  )
  const cited = sources.map(({ title, url, fileName, kind }) => title ?? fileName ?? url ?? kind)
  return [agent, said, cited.join('; '), latencyMs === null ? '' : duration(latencyMs), scored.join(', ')].map(cell)
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= longestAnswer ? text : `${characters.slice(0, longestAnswer).join('')}…`
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** On one line, and nothing that Markdown or HTML would obey. */
const cell = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]>|#~]/g, '\\$&')
