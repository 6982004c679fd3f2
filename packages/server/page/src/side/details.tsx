import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { ask, client, type DeskConversation } from '../api.ts'
import { moment, number, shortTime, wholeTime } from '../format.ts'
import { useSignedIn } from '../session.ts'
import { strings } from '../strings.ts'
import { AgentDetails } from './agent.tsx'
import { ContactDetails, ContactHead } from './contact.tsx'
import { ContactLinks } from './links.tsx'
import { OtherConversations } from './other-conversations.tsx'
import { ClosedPart, Data, Facts, Read } from './part.tsx'
import { refBeside } from './refs.ts'

const words = strings.details

/** The contact, their other conversations, and the agent. */
export function Details({ item, onClose }: { item: DeskConversation; onClose: () => void }) {
  const { contact, agentId, customFields, summary } = item.conversation
  return (
    <aside
      className="details"
      aria-label={words.label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && matchMedia('(max-width: 1199px)').matches) onClose()
      }}
    >
      <header className="details-head">
        <h2>{words.label}</h2>
        <button type="button" className="icon-button" aria-label={strings.commands.hideDetails} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </header>
      <div className="details-body">
        <section className="details-part" aria-label={words.contact}>
          <ContactHead item={item} />
        </section>
        {summary && (
          <section className="details-part">
            <h3>{words.summary}</h3>
            <p className="details-text" dir="auto">
              {summary}
            </p>
          </section>
        )}
        <section className="details-part">
          <h3>{words.conversation}</h3>
          <ConversationFacts item={item} />
        </section>
        {customFields && Object.keys(customFields).length > 0 && (
          <section className="details-part">
            <h3>{words.customFields}</h3>
            <Data value={customFields} />
          </section>
        )}
        {contact?.ref && (
          <ClosedPart title={words.moreAboutContact}>
            {() => <ContactDetails contact={contact.ref as string} />}
          </ClosedPart>
        )}
        {(contact?.ref || contact?.id) && (
          <ClosedPart title={words.others}>{() => <OtherConversations item={item} />}</ClosedPart>
        )}
        {contact?.ref && (
          <ClosedPart title={words.links}>{() => <ContactLinks contact={contact.ref as string} />}</ClosedPart>
        )}
        {agentId && (
          <ClosedPart title={words.agent}>
            {() => <AgentDetails agent={refBeside(item.ref, 'agent', agentId)} />}
          </ClosedPart>
        )}
        <ClosedPart title={words.audit}>{() => <Audit conversation={item.ref} />}</ClosedPart>
      </div>
    </aside>
  )
}

function ConversationFacts({ item }: { item: DeskConversation }) {
  const { channel, labels, state, createdAt, qualityScore, id } = item.conversation
  const { facts } = words
  return (
    <Facts
      facts={[
        [facts.account, item.account],
        [
          facts.channel,
          channel && (channel.value === 'unknown' ? String(channel.native ?? '') : strings.channels[channel.value]),
        ],
        [facts.labels, labels?.join(', ')],
        [facts.state, state?.name ?? state?.id],
        [facts.quality, qualityScore == null ? undefined : number(qualityScore)],
        [facts.created, createdAt && moment(createdAt)],
        [facts.id, <code key="id">{id}</code>],
      ]}
    />
  )
}

/** What was done from here, newest first. */
function Audit({ conversation }: { conversation: string }) {
  const { role } = useSignedIn()
  const query = useQuery({
    queryKey: ['audit', conversation],
    queryFn: ({ signal }) =>
      ask(client.GET('/v1/audit', { params: { query: { target: conversation, limit: 10 } }, signal })),
    // No change reports what is only in the audit.
    staleTime: 0,
  })
  return (
    <>
      {role !== 'admin' && <p className="details-quiet">{words.onlyYours}</p>}
      <Read query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="details-quiet">{words.noAudit}</p>
          ) : (
            <ol className="details-list">
              {items.map(({ id, at, by, action, outcome, details, code }) => (
                <li key={id} className="details-item">
                  <span className="details-line">
                    <span>{Object.hasOwn(words.deeds, action) ? words.deeds[action] : action}</span>
                    <time dateTime={at} title={wholeTime(at)}>
                      {shortTime(at)}
                    </time>
                  </span>
                  <small dir="auto">
                    {[by.name ?? by.id, words.outcomes[outcome], code, details && detailsOf(details)]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                </li>
              ))}
            </ol>
          )
        }
      </Read>
    </>
  )
}

const detailsOf = (details: Readonly<Record<string, string | null | readonly string[]>>): string =>
  Object.values(details)
    .map((value) => (Array.isArray(value) ? value.join(', ') : value))
    .filter(Boolean)
    .join(', ')
