import type { EvaluatedAnswer, EvaluatedSource, Evaluation } from './evaluation.ts'
import { byDisagreement, checkEvaluation, duration, notesOf, percent, summaryRows } from './evaluation-text.ts'

/** The rest of a longer answer opens on a click. */
const longestShown = 1_500
const mostSources = 20

/**
 * Renders an evaluation as one page of HTML, to open in a browser or to print: a summary of the agents, and each question with all
 * answers side by side, those first that differ most. It needs nothing from elsewhere and has no script. It has the questions and
 * answers, so keep it where you keep customers' texts.
 *
 * @throws ConfigurationError for anything that is no evaluation.
 */
export function evaluationHtml(given: Evaluation): string {
  const evaluation = checkEvaluation('evaluationHtml', given)
  const { agents, questions, startedAt } = evaluation
  const notes = notesOf(evaluation)
  const title = `${agents.length} agents, ${questions.length} questions`
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
<main>
<header><h1>${escaped(title)}</h1><p><time datetime="${escaped(startedAt)}">${escaped(startedAt.slice(0, 16).replace('T', ' '))} UTC</time></p></header>
<section class="wide"><table><thead><tr><td></td>${agents.map(({ name }) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr></thead><tbody>
${summaryRows(evaluation)
  .map(
    ([name, values]) =>
      `<tr><th scope="row">${escaped(name)}</th>${values.map((value) => `<td>${escaped(value)}</td>`).join('')}</tr>`,
  )
  .join('\n')}
</tbody></table></section>
${notes.length === 0 ? '' : `<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>`}
${byDisagreement(evaluation)
  .map(
    ({ question, answers }) => `<article>
<h2 dir="auto">${escaped(question.text)}</h2>
<p class="dim">${[
      escaped(question.id),
      ...(question.disagreement === null ? [] : [`the answers differ by ${percent(question.disagreement)}`]),
      ...(question.expected === undefined ? [] : [`expected: <bdi>${escaped(question.expected)}</bdi>`]),
    ].join(' · ')}</p>
<div class="answers">
${answers.map(answerOf).join('\n')}
</div></article>`,
  )
  .join('\n')}
</main>
</html>
`
}

function answerOf({ agent, outcome, text, error, sources, latencyMs, requests, scores }: EvaluatedAnswer): string {
  const facts = [
    ...(outcome === 'answered' ? [] : [`<strong class="bad">${escaped(outcome)}</strong>`]),
    ...(latencyMs === null ? [] : [escaped(duration(latencyMs))]),
    `${requests} ${requests === 1 ? 'request' : 'requests'}`,
    ...Object.entries(scores).flatMap(([name, { score, error: failed }]) =>
      score !== null
        ? [`${escaped(name)} ${score.toFixed(2)}`]
        : failed !== undefined
          ? [`${escaped(name)} failed`]
          : [],
    ),
  ]
  const reasons = Object.entries(scores).flatMap(([name, { reason, error: failed }]) => {
    const why = failed ?? reason
    return why === undefined ? [] : [`<li>${escaped(name)}: <bdi>${escaped(why)}</bdi></li>`]
  })
  return `<section><h3>${escaped(agent)}</h3><p class="dim">${facts.join(' · ')}</p>
${text ? bodyOf(text) : ''}${error ? `<p class="bad">${escaped(error.message)}</p>` : ''}
${sources.length === 0 ? '' : `<ul class="dim">${sources.slice(0, mostSources).map(sourceOf).join('')}${moreSources(sources.length)}</ul>`}
${reasons.length === 0 ? '' : `<details class="dim"><summary>Why these scores</summary><ul>${reasons.join('')}</ul></details>`}</section>`
}

const moreSources = (count: number): string => (count > mostSources ? `<li>and ${count - mostSources} more</li>` : '')

function bodyOf(text: string): string {
  const characters = [...text]
  const [first, rest] = [characters.slice(0, longestShown), characters.slice(longestShown)]
  const shown = `<p class="text" dir="auto">${escaped(first.join(''))}</p>`
  if (rest.length === 0) return shown
  return `${shown}<details><summary class="dim">The other ${rest.length} characters</summary><p class="text" dir="auto">${escaped(rest.join(''))}</p></details>`
}

function sourceOf({ title, url, fileName, kind }: EvaluatedSource): string {
  const name = `<bdi>${escaped(title ?? fileName ?? url ?? kind)}</bdi>`
  const isLink = url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  return isLink ? `<li><a href="${escaped(url)}" rel="noopener noreferrer">${name}</a></li>` : `<li>${name}</li>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as text, without control characters and marks of direction that would reach beyond it. */
const escaped = (text: string): string =>
  text
    .replace(/[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu, '')
    .replace(/[&<>"']/g, (character) => entities[character] as string)

const style = `
:root { color-scheme: light dark; --line: #d5d8de; --dim: #5b6270; --bad: #b3261e; --card: #f6f7f9; }
@media (prefers-color-scheme: dark) { :root { --line: #3b404a; --dim: #a3abba; --bad: #ff8a80; --card: #1d2027; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 0 0 .25rem; max-height: 12em; overflow: auto; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0; }
.dim { color: var(--dim); font-size: .875rem; }
.bad { color: var(--bad); }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); min-width: 7rem; overflow-wrap: normal; }
tbody th { font-weight: 400; color: var(--dim); white-space: nowrap; }
article { border-top: 1px solid var(--line); padding: 1.25rem 0; }
.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: .75rem; margin-top: .75rem; }
.answers section { background: var(--card); border-radius: .5rem; padding: .75rem .9rem; min-width: 0; }
.text { white-space: pre-wrap; max-height: 30em; overflow: auto; }
ul { padding-left: 1.1rem; margin: .35rem 0; }
a { color: inherit; }
@media print { .text, h2 { max-height: none; } article, section { break-inside: avoid; } .answers section { border: 1px solid var(--line); } }
`
