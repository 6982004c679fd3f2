import { describe, expect, test } from 'vitest'
import { answer, createWorld, defaultNow } from '../src/world/index.ts'

const world = createWorld(7)

describe('the world of the sandbox', () => {
  test('is the same for the same seed and another for another', () => {
    expect(createWorld(7)).toEqual(world)
    expect(createWorld(8).dialogues).not.toEqual(world.dialogues)
  })

  test('is plain data', () => {
    expect(JSON.parse(JSON.stringify(world))).toEqual(world)
  })

  test.each([0, 1, 7, 42, 2026])('is large enough for every vendor, with seed %i', (seed) => {
    const { dialogues, people, bots, operators, knowledge } = createWorld(seed)
    const over = (...channels: string[]) => dialogues.filter(({ channel }) => channels.includes(channel))
    expect(dialogues.flatMap(({ turns }) => turns).length).toBeGreaterThanOrEqual(5000)
    expect(over('web', 'whatsapp', 'messenger', 'slack').length).toBeGreaterThanOrEqual(250)
    const one = over('email', 'sms', 'web', 'voice', 'teams', 'api').filter(({ bot }) => bot === bots[0]?.key)
    expect(one.length).toBeGreaterThanOrEqual(250)
    const phoned = over('sms', 'email', 'whatsapp', 'messenger', 'instagram', 'web', 'voice', 'tiktok', 'google')
    expect(new Set(phoned.map(({ person }) => person)).size).toBeGreaterThanOrEqual(250)
    expect(people.length).toBeGreaterThanOrEqual(120)
    expect(bots.length).toBeGreaterThanOrEqual(3)
    expect(operators.length).toBeGreaterThanOrEqual(4)
    expect(knowledge.length).toBeGreaterThanOrEqual(12)
  })

  test.each([0.001, 0.05, 0.1, 0.3, 0.5])('is smaller at scale %d, and has every channel', (scale) => {
    for (let seed = 0; seed < 20; seed++) {
      const { dialogues, people } = createWorld(seed, defaultNow, scale)
      expect(new Set(dialogues.map(({ channel }) => channel)).size).toBe(12)
      expect(dialogues.length).toBeLessThanOrEqual(world.dialogues.length * scale + 12)
      const known = new Set(people.map(({ key }) => key))
      expect(dialogues.filter(({ person }) => !known.has(person))).toEqual([])
    }
  })

  test('ends now, and has every dialogue in order', () => {
    const created = new Map(world.people.map((person) => [person.key, person.createdAt]))
    for (const { turns, createdAt, person } of world.dialogues) {
      const times = turns.map(({ at }) => at)
      expect(times).toEqual([...times].sort((a, b) => a - b))
      expect(times.at(-1) ?? 0).toBeLessThanOrEqual(defaultNow)
      expect(created.get(person)).toBeLessThanOrEqual(createdAt)
    }
  })

  test('refers only to its own entities, with every slot filled', () => {
    const keys = new Set([...world.people, ...world.bots, ...world.operators, ...world.knowledge].map(({ key }) => key))
    for (const { person, bot, assignedTo, turns } of world.dialogues) {
      expect(keys).toContain(person)
      expect(keys).toContain(bot)
      if (assignedTo) expect(keys).toContain(assignedTo)
      for (const turn of turns) {
        expect(turn.text).toMatch(/^[^{}]+$/)
        expect(turn.operator === null).toBe(turn.by !== 'operator')
        for (const article of turn.articles) expect(keys).toContain(article)
      }
    }
    expect(new Set(world.dialogues.flatMap(({ turns }) => turns).map(({ key }) => key)).size).toBe(
      world.dialogues.flatMap(({ turns }) => turns).length,
    )
  })

  test('has values that break clients: empty, endless, unassigned, without a Latin name, tied in time', () => {
    const lengths = world.dialogues.map(({ turns }) => turns.length)
    expect(Math.min(...lengths)).toBe(0)
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(400)
    expect(world.people.some(({ email }) => email === null)).toBe(true)
    expect(world.people.some(({ phone }) => phone === null)).toBe(true)
    expect(world.people.some(({ firstName }) => /[^ -~]/.test(firstName))).toBe(true)
    expect(world.dialogues.some(({ handedOver }) => handedOver)).toBe(true)
    expect(world.dialogues.some(({ turns }) => turns.some(({ attachment }) => attachment))).toBe(true)
    const ends = world.dialogues.map(({ turns }) => turns.at(-1)?.at)
    expect(new Set(ends).size).toBeLessThan(ends.length - 5)
    const voices = new Set(world.dialogues.flatMap(({ turns }) => turns).map(({ by }) => by))
    expect([...voices].sort()).toEqual(['automation', 'bot', 'operator', 'person', 'system'])
  })

  test('does not repeat itself', () => {
    const openings = world.dialogues.flatMap(({ turns }) => (turns[0] ? [turns[0].text] : []))
    expect(new Set(openings).size).toBeGreaterThan(openings.length * 0.7)
    const phones = world.people.flatMap(({ phone }) => (phone ? [phone] : []))
    expect(new Set(phones).size).toBe(phones.length)
    const emails = world.people.flatMap(({ email }) => (email ? [email] : []))
    expect(new Set(emails).size).toBe(emails.length)
  })
})

describe('an answer in the world', () => {
  test.each([
    ['When do you open?', 'hours', '9:00'],
    ['I want my money back', 'returns', 'Refunds'],
    ['How far does the battery go?', 'battery', '60 to 110'],
    ['My bike was stolen!', 'theft', 'police'],
  ])('to “%s” comes from %s', (question, article, text) => {
    const given = answer(world, question)
    expect(given.articles[0]?.key).toBe(article)
    expect(given.text).toContain(text)
  })

  test('says that nothing fits', () => {
    const given = answer(world, 'What is the capital of Mongolia?')
    expect(given.articles).toEqual([])
    expect(given.text).toContain('do not know')
  })
})
