import { type Contact, type Ref, type Target, UnsupportedError } from '@parley/core'
import type { DeskContext } from './context.ts'
import type { ContactLink, LinkSuggestion, Person } from './desk.ts'

const soon = (): never => {
  throw new UnsupportedError({ message: 'links: they are being written.' })
}
export const link = async (
  _: DeskContext,
  __: Person,
  ___: Target<Contact>,
  ____: Target<Contact>,
  _____: string,
): Promise<ContactLink> => soon()
export const unlink = async (_: DeskContext, __: Person, ___: string): Promise<ContactLink> => soon()
export const links = async (_: DeskContext, __: Target<Contact>): Promise<ContactLink[]> => soon()
export const linkedContacts = async (_: DeskContext, __: Target<Contact>): Promise<Ref[]> => soon()
export const linkSuggestions = async (_: DeskContext, __: Target<Contact>): Promise<LinkSuggestion[]> => soon()
export const linkAutomatically = async (_: DeskContext, __: Ref): Promise<boolean> => soon()
