import { UnsupportedError } from '@parley/core'
import type { DeskContext } from './context.ts'
import type { Person, PersonalDesk, SavedReply, SavedView } from './desk.ts'

const soon = (): never => {
  throw new UnsupportedError({ message: 'saved: they are being written.' })
}
export const savedReplies = async (_: DeskContext): Promise<SavedReply[]> => soon()
export const saveReply = async (
  _: DeskContext,
  __: Person,
  ___: Parameters<PersonalDesk['saveReply']>[0],
): Promise<SavedReply> => soon()
export const deleteReply = async (_: DeskContext, __: string): Promise<void> => soon()
export const savedViews = async (_: DeskContext, __: Person): Promise<SavedView[]> => soon()
export const saveView = async (
  _: DeskContext,
  __: Person,
  ___: Parameters<PersonalDesk['saveView']>[0],
): Promise<SavedView> => soon()
export const deleteView = async (_: DeskContext, __: Person, ___: string): Promise<void> => soon()
