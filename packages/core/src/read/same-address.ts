/** How people write one and the same address: in any case, with spaces around it or inside. */
const plainEmail = (email: unknown): string =>
  typeof email === 'string' ? email.replace(/\s/g, '').normalize('NFC').toLowerCase() : ''

const digits = (phone: unknown): string => (typeof phone === 'string' ? phone.replace(/\D/g, '') : '')

/** Whether two email addresses are the same, whatever their case and spaces. An empty one is the same as none. */
export const sameEmail = (one: unknown, other: unknown): boolean =>
  plainEmail(one) !== '' && plainEmail(one) === plainEmail(other)

/** Whether two phone numbers have the same digits, whatever stands between them. One without digits is the same as none. */
export const samePhone = (one: unknown, other: unknown): boolean => digits(one) !== '' && digits(one) === digits(other)
