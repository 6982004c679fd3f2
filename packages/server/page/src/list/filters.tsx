import { ListFilter } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { ask, client, type DeskFilter } from '../api.ts'
import { queries, useAccounts, usePeople } from '../queries.ts'
import { go, usePlace } from '../route.ts'
import { useCanWrite } from '../session.ts'
import { Dialog } from '../shell/dialog.tsx'
import { strings } from '../strings.ts'

/** The button that opens the filter, and the filter itself. */
export function Filters({ filter, isOwn }: { filter: DeskFilter; isOwn: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const { filter: _, view, ...place } = usePlace()
  const count = isOwn ? Object.keys(filter).length : 0
  return (
    <>
      {isOwn && (
        <button type="button" className="button button-small" onClick={() => go({ ...place, ...(view && { view }) })}>
          {strings.filters.clear}
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={count > 0 ? `${strings.filters.title}: ${strings.filters.active(count)}` : strings.filters.title}
        data-active={isOwn || undefined}
        onClick={() => setOpen(true)}
      >
        <ListFilter aria-hidden="true" />
      </button>
      {isOpen && <FilterDialog filter={filter} onClose={() => setOpen(false)} />}
    </>
  )
}

type Choice = readonly [value: string, label: string]

const ofStrings = (labels: Readonly<Record<string, string>>, ...values: string[]): Choice[] =>
  values.map((value) => [value, labels[value] ?? value])

function FilterDialog({ filter, onClose }: { filter: DeskFilter; onClose: () => void }) {
  const { filter: _, view: __, message: ___, search: ____, ...place } = usePlace()
  const { data: accounts } = useAccounts()
  const { data: people } = usePeople()
  const canWrite = useCanWrite()
  const [isSaving, setSaving] = useState(false)
  const { filters } = strings

  const apply = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const chosen = filterOf(form)
    if (isSaving) {
      const saved = await ask(
        client.POST('/v1/saved-views', {
          body: { name: String(form.get('name')).trim(), filter: chosen, isShared: form.has('isShared') },
        }),
      )
      await queries.invalidateQueries({ queryKey: ['views'] })
      go({ ...place, view: saved.id })
    } else go({ ...place, filter: JSON.stringify(chosen) })
    onClose()
  }
  return (
    <Dialog title={filters.title} onClose={onClose}>
      <form className="form" onSubmit={(event) => void apply(event)}>
        <Choose
          name="status"
          label={filters.status}
          value={filter.status}
          choices={ofStrings(strings.statuses, 'open', 'closed')}
        />
        <Choose
          name="assignee"
          label={filters.assignee}
          value={filter.assignee === null ? 'none' : filter.assignee}
          choices={[
            ['me', filters.me],
            ['none', filters.nobody],
            ...(people ?? []).map(({ id, name }): Choice => [id, name ?? id]),
          ]}
        />
        <Choose
          name="control"
          label={filters.control}
          value={filter.control}
          choices={ofStrings(strings.authors, 'agent', 'operator')}
        />
        <Choose
          name="accounts"
          label={filters.account}
          value={filter.accounts}
          choices={(accounts?.items ?? []).map(({ account }) => [account, account])}
        />
        <Choose
          name="channel"
          label={filters.channel}
          value={filter.channel}
          choices={Object.entries(strings.channels).filter(([value]) => value !== 'unknown')}
        />
        <Choose
          name="snoozed"
          label={filters.snoozed}
          value={filter.snoozed === undefined ? 'false' : String(filter.snoozed)}
          choices={Object.entries(filters.snoozedChoices)}
          isRequired
        />
        <label>
          {filters.tag}
          <input className="input" name="tag" maxLength={100} dir="auto" defaultValue={firstOf(filter.tag) ?? ''} />
        </label>
        <Check name="unread" label={filters.unread} isOn={filter.unread === true} />
        <Check name="isStarred" label={filters.starred} isOn={filter.isStarred === true} />
        <Check name="unknown" label={filters.unknown} isOn={filter.unknown === 'exclude'} />
        {canWrite && (
          <fieldset>
            <label className="check">
              <input type="checkbox" checked={isSaving} onChange={({ target }) => setSaving(target.checked)} />
              {strings.views.saveTitle}
            </label>
            {isSaving && (
              <>
                <label>
                  {strings.views.name}
                  <input className="input" name="name" required maxLength={100} dir="auto" pattern=".*\S.*" />
                </label>
                <Check name="isShared" label={strings.views.shareWithAll} isOn={false} />
              </>
            )}
          </fieldset>
        )}
        <footer className="form-foot">
          <button type="button" className="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="submit" className="button button-primary">
            {isSaving ? strings.save : filters.title}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

const firstOf = (value: unknown): string | undefined => {
  const [first] = Array.isArray(value) ? value : [value]
  return typeof first === 'string' ? first : undefined
}

function Choose({
  name,
  label,
  value,
  choices,
  isRequired = false,
}: {
  name: string
  label: string
  value: unknown
  choices: readonly Choice[]
  isRequired?: boolean
}) {
  return (
    <label>
      {label}
      <select className="input" name={name} defaultValue={firstOf(value) ?? ''}>
        {!isRequired && <option value="">{strings.filters.any}</option>}
        {choices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function Check({ name, label, isOn }: { name: string; label: string; isOn: boolean }) {
  return (
    <label className="check">
      <input type="checkbox" name={name} defaultChecked={isOn} />
      {label}
    </label>
  )
}

/** The filter that the fields of the form make. The server checks it. */
function filterOf(form: FormData): DeskFilter {
  const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined
  const snoozed = text('snoozed')
  const assignee = text('assignee')
  const account = text('accounts')
  const given = {
    status: text('status'),
    control: text('control'),
    channel: text('channel'),
    tag: text('tag'),
    assignee: assignee === 'none' ? null : assignee,
    accounts: account === undefined ? undefined : [account],
    snoozed: snoozed === 'any' ? 'any' : snoozed === 'true' ? true : undefined,
    unread: form.has('unread') || undefined,
    isStarred: form.has('isStarred') || undefined,
    unknown: form.has('unknown') ? 'exclude' : undefined,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as DeskFilter
}
