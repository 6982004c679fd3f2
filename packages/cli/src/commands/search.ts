import { accountName } from '@parley/core'
import type { SearchCoverage, SearchHit, SearchQuery } from '@parley/inbox'
import { Command } from 'commander'
import { color } from '../color.ts'
import { CommandError, type CreateCommand, type Run, type StoreOptions, withStoreOptions } from '../command.ts'
import { accountsOption } from '../everyday/open.ts'
import { instant, wholeNumber } from '../input.ts'
import { asJson, day, forPeople, oneLine, onLine } from '../text.ts'

interface SearchOptions extends StoreOptions {
  account?: readonly string[]
  since?: string
  until?: string
  limit: number
}

export const searchCommand: CreateCommand = (run) =>
  withStoreOptions(
    new Command('search')
      .description('search the texts of all messages in the store')
      .argument('<text...>', 'words, "words in quotes" that stand together, -word to leave out, begin* for a beginning')
      .addOption(accountsOption())
      .option('--since <time>', 'only messages from then on, ISO 8601', instant)
      .option('--until <time>', 'only messages up to then, ISO 8601', instant)
      .option('--limit <number>', 'at most so many messages, the newest', wholeNumber, 20),
  )
    .addHelpText('after', '\nBelow the messages, it says of which messages of each account the store has all.')
    .action(async (words: string[], options: SearchOptions, command: Command) => {
      const text = words.join(' ')
      if (text.trim() === '' || text.length > 1000) command.error('error: the text must have 1 to 1000 characters')
      if (text.split(/\s+/).every((word) => word.startsWith('-') || /^[\p{P}\p{S}\p{C}]*$/u.test(word)))
        command.error('error: the text must have a word to look for')
      await search(text, options, run)
    })

async function search(text: string, options: SearchOptions, { terminal }: Run): Promise<void> {
  const [{ createInbox }, { withStoredAccounts }] = await Promise.all([
    import('@parley/inbox'),
    import('../open-store.ts'),
  ])
  const { account, since, until, limit } = options
  const query: SearchQuery = {
    text,
    ...(account && { accounts: account }),
    ...(since && { since }),
    ...(until && { until }),
  }
  const result = await withStoredAccounts(options, terminal, async (store, accounts) => {
    const names = accounts.map((one) => accountName(one.vendor, one.account))
    const missing = account?.find((name) => !names.includes(name))
    if (missing !== undefined)
      throw new CommandError(`The store has no account ${missing}. It has ${names.join(', ') || 'none'}.`)
    const hits: SearchHit[] = []
    let coverage: SearchCoverage[] = []
    let isMore = false
    if (accounts.length === 0) return { hits, isMore, coverage }
    // A page can be shorter than the limit although more follow.
    for await (const page of createInbox({ store, accounts })
      .search({ ...query, limit: Math.min(limit, 100) })
      .pages()) {
      coverage = page.coverage
      hits.push(...page.items)
      isMore = hits.length > limit || page.next !== null
      if (hits.length >= limit) break
    }
    return { hits: hits.slice(0, limit), isMore, coverage }
  })
  await terminal.print(options.json ? asJson(result) : forPeople(shown(result)))
}

function shown({ hits, isMore, coverage }: { hits: SearchHit[]; isMore: boolean; coverage: SearchCoverage[] }): string {
  const messages = hits.flatMap((hit) => [headOf(hit), `  ${marked(hit)}`, ''])
  const count =
    hits.length === 0 ? 'No message was found.' : isMore ? 'There are older ones: see --limit and --until.' : ''
  return [...messages, ...(count ? [count] : []), ...coverage.map(coverageText)].map((line) => `${line}\n`).join('')
}

function headOf({ message, conversation }: SearchHit): string {
  const { name, kind } = message.author
  const who = name ? `${kind} ${oneLine(name)}` : kind
  const contact = conversation?.contact?.name
  const where = `${message.vendor}:${message.account}${contact ? `, ${oneLine(contact)}` : ''}`
  return color.dim(`${day(message.createdAt ?? null)}  ${where}  ${who}  ${conversation?.ref ?? message.ref}`)
}

/** The snippet with the words that were found, and a sign where the message goes on. */
function marked({ message, snippet, marks }: SearchHit): string {
  let from = 0
  let text = ''
  for (const { start, end } of marks) {
    text += `${onLine(snippet.slice(from, start))}${color.bold(onLine(snippet.slice(start, end)))}`
    from = end
  }
  const whole = message.text ?? ''
  const [before, after] = [whole.startsWith(snippet) ? '' : '… ', whole.endsWith(snippet) ? '' : ' …']
  return before + text + onLine(snippet.slice(from)) + after
}

function coverageText({ account, isComplete, since, asOf }: SearchCoverage): string {
  const at = asOf === null ? '' : ` as of ${day(asOf)}`
  if (isComplete) return color.dim(`${account}: all messages${at}`)
  if (since !== null)
    return color.yellow(`${account}: all messages since ${day(since)}${at}; older ones may be missing`)
  if (asOf === null) return color.yellow(`${account}: any message may be missing until the account is synced`)
  return color.yellow(
    `${account}: messages may be missing${at}, because not every conversation was read as a whole yet`,
  )
}
