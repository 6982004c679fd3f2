import type { ReactNode } from 'react'
import { realTarget } from './disguise.ts'

/** What a link may begin with. Anything else is shown as text. */
const allowed = /^(?:https?:\/\/|mailto:|tel:)[^\s]/i

/** The address if a link may go there. That of an email is without its further parts, which would add recipients. */
export function safeAddress(address: string | null | undefined): string | undefined {
  const trimmed = (address?.trim() ?? '').replace(/^(mailto:[^?]*)\?.*$/is, '$1')
  return allowed.test(trimmed) && URL.canParse(trimmed) ? trimmed : undefined
}

/**
 * The address at which somebody is written to. An email with further parts (`?bcc=`) would add recipients and a text of its own.
 */
export const emailAddress = (email: string | null | undefined): string | undefined =>
  /^[^\s@?&#%]{1,64}@[^\s@?&#%/]{1,255}$/.test(email ?? '') ? safeAddress(`mailto:${email}`) : undefined

/** The address of a phone number. Codes such as `*21*` would change how a phone is set up. */
export const phoneAddress = (phone: string | null | undefined): string | undefined =>
  /^\+?[\d\s().\-/]{3,40}$/.test(phone ?? '') ? safeAddress(`tel:${phone?.replaceAll(/[^\d+]/g, '')}`) : undefined

/**
 * A link to another site. It opens in a new tab, which learns nothing about this page. `text` is what its content says, so that
 * the link also says where it goes if it looks as if it went elsewhere.
 */
export function ExternalLink({ address, text, children }: { address: string; text: string; children?: ReactNode }) {
  const real = realTarget(text, address)
  return (
    <a href={address} target="_blank" rel="noopener noreferrer nofollow" title={address}>
      <bdi>{children ?? text}</bdi>
      {real !== undefined && <bdi> ({real})</bdi>}
    </a>
  )
}

/** A part of a text. With an address, it is a link. */
interface TextPart {
  text: string
  address?: string
}

// Each repetition has a limit, so that the time grows only with the length of the text. A character that changes the direction
// of the text ends an address, because the address could be read as another one.
const found =
  /\bhttps?:\/\/[^\s<>"\u202a-\u202e\u2066-\u2069]{1,2000}|\bwww\.[^\s<>"\u202a-\u202e\u2066-\u2069]{1,2000}|[\w.+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/giu

/** What ends a sentence, and not an address. */
function withoutEnd(address: string): string {
  let end = address.length
  // Counted once, because an address of thousands of brackets would otherwise take seconds.
  let unopened = count(address, ')') - count(address, '(')
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1)
    if (last === ')') {
      if (unopened <= 0) break
      unopened -= 1
    }
    if (!/[.,;:!?'"’”»)\]}*_…。、]/u.test(last)) break
  }
  return address.slice(0, end)
}

const count = (text: string, letter: string): number => text.split(letter).length - 1

function addressOf(word: string): string | undefined {
  if (/^https?:/i.test(word)) return safeAddress(word)
  return safeAddress(/^www\./i.test(word) && !word.includes('@') ? `https://${word}` : `mailto:${word}`)
}

/** Finds the addresses of sites and emails in a plain text. */
export function findLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let at = 0
  for (const match of text.matchAll(found)) {
    const word = withoutEnd(match[0])
    const address = addressOf(word)
    if (address === undefined) continue
    if (match.index > at) parts.push({ text: text.slice(at, match.index) })
    parts.push({ text: word, address })
    at = match.index + word.length
  }
  if (at < text.length) parts.push({ text: text.slice(at) })
  return parts
}

/** What a person typed, as they typed it, with its links. */
export function PlainText({ text }: { text: string }) {
  return (
    <p className="plain" dir="auto">
      {findLinks(text).map((part, index) =>
        part.address === undefined ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have nothing else, and never move.
          <ExternalLink key={index} address={part.address} text={part.text} />
        ),
      )}
    </p>
  )
}
