import type * as z from 'zod/mini'
import { term } from './schema-kit.ts'
import type { Channel, Term } from './term.ts'

export const channelSchema: z.ZodMiniType<Term<Channel>> = term(
  'sms',
  'email',
  'whatsapp',
  'messenger',
  'instagram',
  'tiktok',
  'google',
  'slack',
  'teams',
  'web',
  'voice',
  'api',
  'internal',
  'system',
)
