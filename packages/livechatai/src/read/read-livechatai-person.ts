import { compact, type Operator, type Raw, type Reading } from '@parley/core'

/** The nested `agent`, which at this vendor is a human teammate. */
export const readTeammate = (raw: Raw, reading: Reading): Operator =>
  compact<Operator>({
    id: reading.text(raw, 'id') || null,
    name: reading.text(raw, 'name'),
    email: reading.text(raw, 'email'),
    avatarUrl: reading.text(raw, 'avatar'),
  })
