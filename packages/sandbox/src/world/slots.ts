import { characters, integer, pick, type Random } from '../kit/random.ts'

export type Slots = Readonly<Record<string, string>>

const models = ['Tarn 3', 'Tarn 5 E', 'Linnet', 'Linnet E', 'Harrow Trek', 'Harrow Trek E', 'Pebble 20', 'Coble Cargo']
const parts = [
  'pannier',
  'helmet',
  'saddle',
  'brake lever',
  'rear light',
  'pedal',
  'chain guard',
  'lock',
  'rack',
  'bell',
]
const cities = ['Ghent', 'Leeds', 'Porto', 'Utrecht', 'Bergen', 'Graz', 'Lyon', 'Galway', 'Boston', 'Turin', 'Malmö']
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const names = ['Robin', 'Sam', 'Noor', 'Alex', 'Jamie', 'Kim']

/** Values for the slots of one dialogue; the names of people are added by whoever knows them. */
export function drawSlots(random: Random): Slots {
  const day = pick(random, days)
  return {
    model: pick(random, models),
    part: pick(random, parts),
    city: pick(random, cities),
    name: pick(random, names),
    day,
    otherDay: pick(
      random,
      days.filter((other) => other !== day),
    ),
    time: `${integer(random, 9, 17)}:${pick(random, ['00', '15', '30', '45'])}`,
    order: `QC-${characters(random, 5, '0123456789')}`,
    digits: characters(random, 6, '0123456789'),
    number: String(integer(random, 3, 48)),
    height: `${integer(random, 156, 199)} cm`,
  }
}

export const fill = (template: string, slots: Slots): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => slots[name] ?? whole)

export const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
