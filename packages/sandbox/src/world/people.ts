import { chance, characters, integer, pick, type Random, shuffle } from '../kit/random.ts'
import type { Person } from './world.ts'

const firstNames =
  'Mara Jonas Priya Callum Elif Tomasz Aoife Bram Chiara Daniel Esra Fiona Goran Hanna Idris Jule Kofi Lena Mateus Nadia Oskar Petra Quentin Rosa Samir Tessa Umar Vera Willem Xenia Yara Zoltan Amara Bruno Celine Dario Edith Femke Greta Henrik Ingrid Joao Karim Lucia Milan Niamh Otis Paula Rafael Sanne Theo Ulla Victor Wanda Yusuf Zahra'.split(
    ' ',
  )
const lastNames =
  'Okoye Lindqvist Moreau Fischer Novak Haddad Brennan Castellano Dekker Eriksen Fontaine Gallagher Horvath Ibsen Jansen Kowalska Larsen Mbeki Nakamura Oliveira Petrov Quist Rossi Sandoval Tanaka Ueda Vermeulen Whitlock Ximenez Yilmaz Zeman Abbott Bakker Calder Duarte Engel Farrow Grady Hollis Iversen Jarvis Keane Lowell Marsh Norling Ortega Pryce Ramsay Soto Thorne Underhill Vance Weller Yates'.split(
    ' ',
  )
/** Names that break code which expects two words of ASCII. */
const unusualNames: readonly (readonly [string, string])[] = [
  ['Nguyễn Thị', 'Ánh'],
  ['花子', '山田'],
  ['Łukasz', 'Żółkiewski'],
  ['Zoë', 'D’Angelo-Straße'],
  ['محمد', 'العلي'],
  ['Siobhán', 'O’Néill'],
  ['Ana María', 'de la Cruz 🚲'],
]
const tags = ['customer', 'e-bike', 'newsletter', 'rental', 'vip', 'company', 'workshop', 'complaint', 'winter-check']

/** Numbers that the regulators keep free for fiction. */
const phoneMakers: readonly (readonly [country: string, make: (n: number) => string])[] = [
  ['GB', (n) => `+44770090${String(n).padStart(4, '0')}`],
  ['US', (n) => `+1${pickArea(n)}55501${String(n % 100).padStart(2, '0')}`],
  ['FR', (n) => `+3363998${String(n).padStart(4, '0')}`],
  ['DE', (n) => `+4917139200${String(n % 100).padStart(2, '0')}${Math.floor(n / 100)}`],
]
const pickArea = (n: number): string => ['202', '303', '415', '512', '617', '713', '808'][Math.floor(n / 100)] ?? '907'

export interface Reachable {
  readonly phone: boolean
  readonly email: boolean
}

/** One person per entry, reachable at least as it says. `createdAt` is set by whoever knows their first dialogue. */
export function createPeople(random: Random, needs: readonly Reachable[]): Omit<Person, 'createdAt'>[] {
  const pairs = shuffle(
    random,
    firstNames.flatMap((first) => lastNames.map((last) => [first, last] as const)),
  )
  return needs.map((need, index) => {
    const unusual = index % 29 === 4 ? unusualNames[Math.floor(index / 29) % unusualNames.length] : undefined
    const [firstName, lastName] = unusual ?? pairs[index % pairs.length] ?? ['Robin', 'Doe']
    const [country, makePhone] = pick(random, phoneMakers)
    const hasEmail = need.email || chance(random, 0.72)
    const hasPhone = need.phone || chance(random, 0.55)
    return {
      key: `person-${index + 1}`,
      firstName,
      lastName,
      email: hasEmail ? address(firstName, lastName, index) : null,
      phone: hasPhone ? makePhone(index) : null,
      country,
      externalId: chance(random, 0.35) ? `CRM-${characters(random, 6, '0123456789')}` : null,
      tags: shuffle(random, tags).slice(0, integer(random, 0, 3)),
    }
  })
}

function address(first: string, last: string, index: number): string {
  const plain = `${first}.${last}`
    .normalize('NFKD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase()
  const local = plain.replace(/^\.+|\.+$/g, '') || 'customer'
  return `${local}${index}@${['example.com', 'example.org', 'example.net'][index % 3]}`
}
