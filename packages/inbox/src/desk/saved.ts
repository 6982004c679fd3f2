import { ConfigurationError, checkInput, didYouMean, isParleyError, NotFoundError, PermissionError } from '@parley/core'
import { sql } from 'kysely'
import { placeOf, wrongArgument } from '../ref-parts.ts'
import { isText, isUuid } from '../store/cursor-parts.ts'
import { summaryOf } from './audit.ts'
import type { DeskContext } from './context.ts'
import type { PersonalDesk, SavedReply, SavedView } from './desk.ts'
import { checkFilter } from './filter.ts'
import type { Person } from './person.ts'

type Context = Pick<DeskContext, 'db'>

/** The longest texts, in characters. */
const longest = { title: 200, name: 200, shortcut: 100, text: 100_000 } as const

const reply = sql`id, title, text, shortcut, person as by, updated_at as "updatedAt"`
const view = sql`id, name, filter, is_shared as "isShared", person as by, updated_at as "updatedAt"`

interface ReplyRow extends Omit<SavedReply, 'shortcut'> {
  shortcut: string | null
}

const replyOf = ({ shortcut, ...rest }: ReplyRow): SavedReply => ({ ...rest, ...(shortcut !== null && { shortcut }) })

/** The saved replies, by title. */
export async function savedReplies({ db }: Context): Promise<SavedReply[]> {
  const { rows } = await sql<ReplyRow>`
    select ${reply} from parley.saved_replies order by lower(title) collate "C", id`.execute(db)
  return rows.map(replyOf)
}

/**
 * Creates a saved reply, or with `id` replaces it.
 *
 * @throws InvalidRequestError; NotFoundError for an unknown `id`.
 */
export async function saveReply(
  { db }: Context,
  by: Person,
  input: Parameters<PersonalDesk['saveReply']>[0],
  newId: string = crypto.randomUUID(),
): Promise<SavedReply> {
  const operation = 'desk.saveReply'
  const given = checkFields(operation, input, ['id', 'title', 'text', 'shortcut'])
  const title = textIn(operation, given, 'title')
  const text = JSON.stringify(textIn(operation, given, 'text'))
  const shortcut = given['shortcut'] === undefined ? null : textIn(operation, given, 'shortcut')
  const person = JSON.stringify(summaryOf(by))
  const { rows } = await (given['id'] === undefined
    ? sql<ReplyRow>`
        insert into parley.saved_replies (id, title, text, shortcut, person)
        values (${newId}::uuid, ${title}, ${text}::json, ${shortcut}, ${person}::jsonb) returning ${reply}`
    : sql<ReplyRow>`
        update parley.saved_replies
        set title = ${title}, text = ${text}::json, shortcut = ${shortcut}, person = ${person}::jsonb, updated_at = clock_timestamp()
        where id = ${idIn(operation, given['id'], 'reply')}::uuid returning ${reply}`
  ).execute(db)
  if (!rows[0]) throw missing(operation, 'reply')
  return replyOf(rows[0])
}

/** @throws NotFoundError */
export async function deleteReply({ db }: Context, id: string): Promise<void> {
  const operation = 'desk.deleteReply'
  const { rows } = await sql`
    delete from parley.saved_replies where id = ${idIn(operation, id, 'reply')}::uuid returning id`.execute(db)
  if (rows.length === 0) throw missing(operation, 'reply')
}

/**
 * The shared views and the person's own, by name.
 *
 * @throws ConfigurationError if a newer version has saved one with a filter that this one does not know.
 */
export async function savedViews({ db }: Context, by: Person): Promise<SavedView[]> {
  const { rows } = await sql<SavedView>`
    select ${view} from parley.saved_views where is_shared or person_id = ${by.id} order by lower(name) collate "C", id`.execute(
    db,
  )
  return rows.map(viewOf)
}

function viewOf({ filter, ...rest }: SavedView): SavedView {
  try {
    return { ...rest, filter: checkFilter('desk.savedViews', filter) }
  } catch (error) {
    if (!isParleyError(error)) throw error
    const problem = error.fields?.map((field) => `${field.path} ${field.problem}`).join('; ')
    throw new ConfigurationError({
      message: `The saved view ${rest.id} has a filter that this version of Parley does not know: ${problem}. Update @parley/inbox in this program, or delete the view.`,
      fields: [{ path: 'filter', problem: 'is of a newer version' }],
    })
  }
}

/**
 * Creates a saved view, or with `id` replaces it.
 *
 * @throws InvalidRequestError; NotFoundError for an unknown `id`; PermissionError for a view of somebody else.
 */
export async function saveView(
  { db }: Context,
  by: Person,
  input: Parameters<PersonalDesk['saveView']>[0],
  newId: string = crypto.randomUUID(),
): Promise<SavedView> {
  const operation = 'desk.saveView'
  const given = checkFields(operation, input, ['id', 'name', 'filter', 'isShared'])
  const name = textIn(operation, given, 'name')
  const { isShared = false } = given
  if (typeof isShared !== 'boolean') throw wrongArgument(operation, 'isShared', 'must be true or false')
  const filter = JSON.stringify(checkFilter(operation, given['filter']))
  const person = JSON.stringify(summaryOf(by))
  if (given['id'] === undefined) {
    const { rows } = await sql<SavedView>`
      insert into parley.saved_views (id, name, filter, is_shared, person, person_id)
      values (${newId}::uuid, ${name}, ${filter}::json, ${isShared}, ${person}::jsonb, ${by.id}) returning ${view}`.execute(
      db,
    )
    return rows[0] as SavedView
  }
  const id = idIn(operation, given['id'], 'view')
  const { rows } = await sql<SavedView>`
    update parley.saved_views
    set name = ${name}, filter = ${filter}::json, is_shared = ${isShared}, person = ${person}::jsonb, updated_at = clock_timestamp()
    where id = ${id}::uuid and person_id = ${by.id} returning ${view}`.execute(db)
  return rows[0] ?? refuse({ db }, operation, id)
}

/** @throws NotFoundError; PermissionError for a view of somebody else. */
export async function deleteView({ db }: Context, by: Person, given: string): Promise<void> {
  const operation = 'desk.deleteView'
  const id = idIn(operation, given, 'view')
  const { rows } = await sql`
    delete from parley.saved_views where id = ${id}::uuid and person_id = ${by.id} returning id`.execute(db)
  if (rows.length === 0) await refuse({ db }, operation, id)
}

/** Whether there is a view that only somebody else sees is not said. */
async function refuse({ db }: Context, operation: string, id: string): Promise<never> {
  const { rows } = await sql`select 1 from parley.saved_views where id = ${id}::uuid and is_shared`.execute(db)
  if (rows.length === 0) throw missing(operation, 'view')
  throw new PermissionError({
    operation,
    message: `${operation}: only the author of a shared view may change it. Save it as a view of your own.`,
    outcome: 'not-done',
  })
}

const missing = (operation: string, what: 'reply' | 'view'): NotFoundError =>
  new NotFoundError({
    operation,
    message: `${operation}: there is no saved ${what} with this id.`,
    outcome: 'not-done',
  })

function checkFields(operation: string, input: unknown, names: readonly string[]): Record<string, unknown> {
  const given = checkInput(placeOf(operation), input as Record<string, unknown>, 'input')
  const unknown = Object.keys(given).find((name) => !names.includes(name))
  if (unknown === undefined) return given
  throw wrongArgument(operation, unknown, `is not a field of this operation${didYouMean(unknown, names)}`)
}

function textIn(operation: string, given: Record<string, unknown>, name: keyof typeof longest): string {
  const text = given[name]
  if (typeof text !== 'string' || text.trim() === '') throw wrongArgument(operation, name, 'must be a non-empty string')
  if (!isText(text))
    throw wrongArgument(operation, name, 'must not contain a NUL character or half of a surrogate pair')
  if (text.length > longest[name]) throw wrongArgument(operation, name, `must have at most ${longest[name]} characters`)
  return text
}

/** @throws InvalidRequestError for anything but a string; NotFoundError for one that is no id of the store. */
function idIn(operation: string, id: unknown, what: 'reply' | 'view'): string {
  if (typeof id !== 'string') throw wrongArgument(operation, 'id', 'must be an id')
  if (!isUuid(id)) throw missing(operation, what)
  return id
}
