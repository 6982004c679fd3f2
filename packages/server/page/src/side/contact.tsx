import { useQuery } from '@tanstack/react-query'
import { ask, type Contact, client, type DeskConversation } from '../api.ts'
import { listed, moment } from '../format.ts'
import { strings } from '../strings.ts'
import { withoutDirection } from '../thread/disguise.ts'
import { emailAddress, phoneAddress } from '../thread/links.tsx'
import { Avatar, contactName } from '../widgets.tsx'
import { Data, Facts, Read } from './part.tsx'

const words = strings.details
const { facts } = words

/** What the conversation says of its contact, which costs no request. */
export function ContactHead({ item }: { item: DeskConversation }) {
  const { contact } = item.conversation
  const name = contactName(item)
  return (
    <>
      <div className="details-person">
        <Avatar name={name} />
        <div>
          <h3 className="ellipsis" dir="auto">
            {name}
          </h3>
          {!contact && <p className="details-quiet">{words.noContact}</p>}
        </div>
      </div>
      {contact && (
        <Facts
          facts={[
            [facts.email, contact.email && <Reached address={emailAddress(contact.email)}>{contact.email}</Reached>],
            [facts.phone, contact.phone && <Reached address={phoneAddress(contact.phone)}>{contact.phone}</Reached>],
            [facts.externalId, contact.externalId],
          ]}
        />
      )}
    </>
  )
}

/** How a contact is reached, as a link if it can be one. */
const Reached = ({ address, children }: { address: string | undefined; children: string }) =>
  address === undefined ? withoutDirection(children) : <a href={address}>{withoutDirection(children)}</a>

/** A contact as the vendor has it. */
export const useContact = (ref: string) =>
  useQuery({
    queryKey: ['contact', ref],
    queryFn: ({ signal }) => ask(client.GET('/v1/contacts/{contact}', { params: { path: { contact: ref } }, signal })),
  })

export function ContactDetails({ contact }: { contact: string }) {
  return <Read query={useContact(contact)}>{(data) => <AllOf contact={data} />}</Read>
}

function AllOf({ contact }: { contact: Contact }) {
  const { customFields = {}, tags = [], doNotDisturb, doNotDisturbOn = [] } = contact
  const channels = doNotDisturbOn.map(({ value, native }) =>
    value === 'unknown' ? String(native ?? '') : strings.channels[value],
  )
  return (
    <>
      {doNotDisturb && <p className="do-not-disturb">{words.doNotDisturb}</p>}
      {!doNotDisturb && channels.length > 0 && (
        <p className="do-not-disturb">{words.doNotDisturbOn(listed(channels))}</p>
      )}
      <Facts
        facts={[
          [facts.name, contact.name ?? [contact.firstName, contact.lastName].filter(Boolean).join(' ')],
          [facts.email, contact.email],
          [facts.phone, contact.phone],
          [facts.company, contact.companyName],
          [facts.externalId, contact.externalId],
          [facts.country, contact.country],
          [facts.timezone, contact.timezone],
          [facts.localTime, contact.timezone && timeIn(contact.timezone)],
          [facts.origin, contact.origin],
          [facts.tags, tags.join(', ')],
          [facts.createdAt, contact.createdAt && moment(contact.createdAt)],
          [facts.id, <code key="id">{contact.id}</code>],
        ]}
      />
      {Object.keys(customFields).length > 0 && (
        <>
          <h4>{words.attributes}</h4>
          <Data value={customFields} />
        </>
      )}
    </>
  )
}

/** The time in a zone. Vendors do not check the names of zones. */
function timeIn(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat(navigator.languages, { timeStyle: 'short', weekday: 'short', timeZone }).format()
  } catch {
    return undefined
  }
}
