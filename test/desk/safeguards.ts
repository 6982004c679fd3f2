// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the patches are texts of the sources
import type { Safeguard } from '../sync/safeguards.ts'

/** The safeguards of the desk, each with a change of the sources that removes it. */
export const safeguards: readonly Safeguard[] = [
  {
    name: 'what the vendor shows is read before a guarded reply is sent',
    seeds: [5],
    finds: 'guard',
    patches: [
      {
        file: 'desk/guard.ts',
        find: 'const newer = later.filter(isVisible)',
        replace: 'const newer = later.slice(0, 0)',
      },
    ],
  },
  {
    name: 'what was seen some time ago is looked at again before a guarded reply is sent',
    seeds: [103],
    finds: 'guard',
    patches: [
      {
        file: 'desk/sending.ts',
        find: 'if (seen && !(await isFresh(db, seen)))',
        replace: 'if (seen && !(await isFresh(db, seen)) && !input)',
      },
    ],
  },
  {
    name: 'a guarded reply is not recorded beside one that the person has not seen',
    seeds: [18],
    finds: 'guard',
    patches: [
      {
        file: 'desk/sending.ts',
        find: 'seen ? await sendsSince(tx, conversation, seen) : []',
        replace: 'seen ? (await sendsSince(tx, conversation, seen)).slice(0, 0) : []',
      },
    ],
  },
  {
    name: 'the claim is checked immediately before the request',
    seeds: [40],
    finds: 'unclaimed',
    patches: [
      {
        file: 'desk/sending.ts',
        find: 'if (!(await holdsClaim(db, id, claim))) throw new LostClaim()',
        replace: 'await holdsClaim(db, id, claim)',
      },
    ],
  },
  {
    name: 'the attempt is stored before anything is sent',
    seeds: [21],
    finds: 'wrong outcome',
    patches: [
      {
        file: 'desk/sending.ts',
        find: 'if (!(await keepAttempt(db, id, claim, now)) && !attempt) throw new LostClaim()',
        replace: 'if (attempt) await keepAttempt(db, id, claim, now)',
      },
    ],
  },
  {
    name: 'a send without an answer does not count as failed',
    seeds: [17],
    finds: 'wrong outcome',
    patches: [
      {
        file: 'desk/sending.ts',
        find: "return await finish(context, own, {\n        state: 'unknown',",
        replace: "return await finish(context, own, {\n        state: 'failed',",
      },
    ],
  },
  {
    name: 'one send of a conversation is claimed at a time',
    seeds: [14],
    finds: 'forbidden',
    patches: [
      {
        file: 'desk/outbox.ts',
        find: "and (other.state = 'claimed' or (other.state = 'recorded' and other.no < send.no))",
        replace: 'and false',
      },
      {
        file: 'store/migrations/0002-desk.ts',
        find: `  "create unique index outbox_claimed on parley.outbox (conversation) where state = 'claimed'",\n`,
        replace: '',
      },
    ],
  },
  {
    name: 'a value of the overlay does not pass for the vendor’s',
    seeds: [3],
    finds: 'misplaced',
    patches: [
      {
        file: 'desk/placed.ts',
        find: "return { value: added.status, place: 'overlay' }",
        replace: "return { value: added.status, place: 'vendor' }",
      },
    ],
  },
  {
    name: 'a command says where it went',
    seeds: [4],
    finds: 'misplaced',
    patches: [
      {
        file: 'desk/commands.ts',
        find: "await overlay(subject, { status })\n      return 'overlay'",
        replace: "await overlay(subject, { status })\n      return 'vendor'",
      },
    ],
  },
  {
    name: 'a call that is repeated with its key sends once',
    seeds: [10],
    finds: 'doubled',
    patches: [
      {
        file: 'desk/sending.ts',
        find: 'const known = key === undefined ? undefined : await withKey(db, draft)',
        replace: 'const known = undefined as OutboxRow | undefined',
      },
      {
        file: 'desk/sending.ts',
        find: 'const earlier = key === undefined ? undefined : await withKey(tx, draft)',
        replace: 'const earlier = undefined as OutboxRow | undefined',
      },
      {
        file: 'store/migrations/0002-desk.ts',
        find: `  'create unique index outbox_keys on parley.outbox (conversation, key) where key is not null',\n`,
        replace: '',
      },
    ],
  },
  {
    name: 'what another process has claimed is only read back',
    seeds: [22],
    finds: 'doubled',
    patches: [
      {
        file: 'desk/outbox.ts',
        find: "update parley.outbox set state = 'unknown', claim = ${claim}::uuid,\n      next_at = clock_timestamp() + ${lease}::float8 * interval '1 millisecond'\n    where id = ${id}::uuid and state = 'claimed'",
        replace:
          "update parley.outbox set state = 'recorded', claim = null\n    where id = ${id}::uuid and ${claim} <> '' and ${lease} > 0 and state = 'claimed'",
      },
      {
        file: 'desk/outbox.ts',
        find: 'const row = rows.length > 0 ? await rowOf(db, id) : undefined\n  if (row?.attempt',
        replace: 'const row = rows.length > 1 ? await rowOf(db, id) : undefined\n  if (row?.attempt',
      },
    ],
  },
  {
    name: 'a call does not fail once its send is recorded',
    seeds: [4],
    finds: 'denied',
    patches: [
      {
        file: 'desk/sending.ts',
        find: '.catch((error) => ifRecorded(context, kind, id, error))',
        replace: '',
      },
    ],
  },
  {
    name: 'a send of which no attempt was stored has failed',
    seeds: [45],
    finds: 'undecided',
    patches: [
      {
        file: 'desk/run.ts',
        find: "if (row.attempt === null) return { state: 'failed', error: interrupted }",
        replace: "if (row.attempt === null) return { state: 'unknown', error: interrupted }",
      },
    ],
  },
  {
    name: 'a send that nobody has ended is ended by any process',
    seeds: [7],
    finds: 'stuck',
    patches: [
      {
        file: 'desk/run.ts',
        find: 'for (const id of await expiredClaims(context)) if',
        replace: 'for (const id of await expiredClaims(context)) if (id === "") if',
      },
    ],
  },
  {
    name: 'a claim that has expired is no claim',
    seeds: [37],
    finds: 'unclaimed',
    patches: [
      {
        file: 'desk/outbox.ts',
        find: " and state = 'claimed' and claimed_until > clock_timestamp()`",
        replace: " and state = 'claimed'`",
      },
    ],
  },
]
