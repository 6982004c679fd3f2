import { Clock, Ellipsis, UserRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { DeskConversation } from '../api.ts'
import { moment } from '../format.ts'
import { useOperators, usePeople } from '../queries.ts'
import { useSignedIn } from '../session.ts'
import { strings } from '../strings.ts'
import { announce, type Commands } from './commands.ts'
import { Menu, MenuItem } from './menu.tsx'
import { localTime, snoozeTimes } from './snooze-times.ts'

const words = strings.commands

interface Props {
  item: DeskConversation
  commands: Commands
}

export function AssignMenu({ item, commands }: Props) {
  const assignee = item.assignee?.value
  return (
    <Menu
      label={assignee ? `${words.assign}. ${words.assignee(assignee.name ?? assignee.id)}` : words.assign}
      button={
        <>
          <UserRound aria-hidden="true" />
          <span className="wide">{words.assign}</span>
        </>
      }
    >
      {(close) => <Assignees item={item} commands={commands} onDone={close} />}
    </Menu>
  )
}

function Assignees({ item, commands, onDone }: Props & { onDone: () => void }) {
  const [text, setText] = useState('')
  const { person } = useSignedIn()
  const { data: people = [] } = usePeople()
  const operators = useOperators(item.account)
  const isWanted = (...names: (string | null | undefined)[]): boolean =>
    names.some((name) => name?.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()))
  const others = people.filter(({ id, name }) => id !== person.id && isWanted(name, id))
  const team = (operators.data?.items ?? []).filter(({ id, name, email }) => isWanted(name, email, id))
  const choose = (to: Parameters<Commands['assign']>[0]) => {
    onDone()
    void commands.assign(to)
  }
  return (
    <>
      <input
        className="input"
        type="search"
        aria-label={words.findPerson}
        placeholder={words.findPerson}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {text.trim() === '' && (
        <>
          <MenuItem onChoose={() => choose('me')}>{words.toMe}</MenuItem>
          <MenuItem onChoose={() => choose(null)}>{words.toNobody}</MenuItem>
        </>
      )}
      {others.length > 0 && <h3>{words.people}</h3>}
      {others.map(({ id, name }) => (
        <MenuItem key={id} onChoose={() => choose({ person: { id } })}>
          {name ?? id}
        </MenuItem>
      ))}
      {team.length > 0 && <h3>{words.operators(item.account)}</h3>}
      {team.map(({ id, name, email }) => (
        <MenuItem
          key={id}
          onChoose={() => choose({ operatorId: id, ...(name && { name }) })}
          {...(email && { hint: email })}
        >
          {name ?? email ?? id}
        </MenuItem>
      ))}
      {operators.isFetching && <p className="menu-note">{strings.loading}</p>}
      {operators.error && <p className="menu-note error">{operators.error.message}</p>}
      {text.trim() !== '' && others.length + team.length === 0 && !operators.isFetching && (
        <p className="menu-note">{words.nobodyFound}</p>
      )}
    </>
  )
}

export function SnoozeMenu({ item, commands }: Props) {
  return (
    <Menu
      label={item.snoozedUntil ? words.snoozed(moment(item.snoozedUntil)) : words.snooze}
      button={
        <>
          <Clock aria-hidden="true" />
          <span className="wide">{words.snooze}</span>
        </>
      }
    >
      {(close) => (
        <SnoozeTimes
          isSnoozed={item.snoozedUntil !== null}
          onChoose={(until) => {
            close()
            void commands.snooze(until)
          }}
        />
      )}
    </Menu>
  )
}

function SnoozeTimes({ isSnoozed, onChoose }: { isSnoozed: boolean; onChoose: (until: string | null) => void }) {
  const [now] = useState(() => new Date())
  const [isPast, setPast] = useState(false)
  const { laterToday, tomorrow, nextWeek } = snoozeTimes(now)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const time = new Date(String(new FormData(event.currentTarget).get('time')))
    const isComing = time.getTime() > Date.now()
    setPast(!isComing)
    if (isComing) onChoose(time.toISOString())
  }
  const preset = (label: string, time: Date) => (
    <MenuItem onChoose={() => onChoose(time.toISOString())} hint={moment(time.toISOString())}>
      {label}
    </MenuItem>
  )
  return (
    <>
      {isSnoozed && <MenuItem onChoose={() => onChoose(null)}>{words.wake}</MenuItem>}
      {laterToday && preset(words.laterToday, laterToday)}
      {preset(words.tomorrow, tomorrow)}
      {preset(words.nextWeek, nextWeek)}
      <form className="menu-form" onSubmit={submit} noValidate>
        <label>
          {words.snoozeUntil}
          <input
            className="input"
            type="datetime-local"
            name="time"
            min={localTime(now)}
            defaultValue={localTime(tomorrow)}
            aria-invalid={isPast}
          />
        </label>
        {isPast && (
          <p className="error" role="alert">
            {words.timeHasPassed}
          </p>
        )}
        <button type="submit" className="button button-small">
          {words.atTime}
        </button>
      </form>
    </>
  )
}

/** What is needed less often: tags, marking as read, and the ref. */
export function MoreMenu({ item, commands, canWrite }: Props & { canWrite: boolean }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(item.ref)
      announce(item.ref, { text: words.done.copyRef })
    } catch {
      announce(item.ref, { text: words.failed.copy, detail: item.ref, hasFailed: true })
    }
  }
  return (
    <Menu label={words.more} className="icon-button" button={<Ellipsis aria-hidden="true" />}>
      {(close) => (
        <>
          {canWrite && item.unreadCount.value !== 0 && (
            <MenuItem
              onChoose={() => {
                close()
                void commands.markRead()
              }}
            >
              {words.markRead}
            </MenuItem>
          )}
          <MenuItem
            onChoose={() => {
              close()
              void copy()
            }}
          >
            {words.copyRef}
          </MenuItem>
          {canWrite && (
            <TagForm
              onAdd={(tag) => {
                close()
                void commands.addTag(tag)
              }}
            />
          )}
        </>
      )}
    </Menu>
  )
}

function TagForm({ onAdd }: { onAdd: (tag: string) => void }) {
  const [tag, setTag] = useState('')
  return (
    <form
      className="menu-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (tag.trim()) onAdd(tag.trim())
      }}
    >
      <label>
        {words.tagName}
        <input className="input" value={tag} maxLength={100} onChange={({ target }) => setTag(target.value)} />
      </label>
      <button type="submit" className="button button-small" disabled={!tag.trim()}>
        {words.addTag}
      </button>
    </form>
  )
}
