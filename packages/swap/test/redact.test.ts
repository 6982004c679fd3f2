import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from '../src/evaluate/redact.ts'

const ada = { names: ['Ada Lark', 'Zoë O’Neil'], phones: ['+43 660 1234567'], ids: ['cust-48151'] }

describe('what is known of a person', () => {
  it.each([
    ['a name in other case', 'I am ADA lark, hello', { names: ['Ada Lark'] }, 'I am [name], hello'],
    ['a part of a name', 'Ask Ada, or lark’s brother', { names: ['Ada Lark'] }, 'Ask [name], or [name]’s brother'],
    ['a name without its accents', 'Jose Munoz here', { names: ['José Muñoz'] }, '[name] here'],
    ['a name with other accents', 'JOSÉ MUÑOZ here', { names: ['Jose Munoz'] }, '[name] here'],
    ['a name in composed letters', 'Jose\u0301 here', { names: ['José'] }, '[name] here'],
    ['a name in full width', 'Ａｄａ here', { names: ['Ada'] }, '[name] here'],
    ['a name with an invisible character', 'A\u200Bd\u00ADa here', { names: ['Ada'] }, '[name] here'],
    ['umlauts that are written out', 'Mueller und STRASSER', { names: ['Müller', 'Straßer'] }, '[name] und [name]'],
    ['a Polish name without its strokes', 'Lukasz here', { names: ['Łukasz'] }, '[name] here'],
    ['a Chinese name inside a sentence', '我叫王小明,你好', { names: ['王小明'] }, '我叫[name],你好'],
    ['a name in dots', 'ada.lark wrote', { names: ['Ada Lark'] }, '[name] wrote'],
    ['a known email with spaces', 'ada @ lark . example is mine', { emails: ['ada@lark.example'] }, '[email] is mine'],
    ['the first part of an email', 'my login is ada.lark7', { emails: ['ada.lark7@x.example'] }, 'my login is [email]'],
    ['a phone with other separators', 'call +49 (30) 1234-567!', { phones: ['+49301234567'] }, 'call [phone]!'],
    ['a phone without the code of its country', 'call 030/123 45 67', { phones: ['+49 30 1234567'] }, 'call [phone]'],
    ['a short phone', 'call 1 23-45', { phones: ['12345'] }, 'call [phone]'],
    ['a phone in Arabic digits', 'call ٠٣٠١٢٣٤٥٦٧', { phones: ['0301234567'] }, 'call [phone]'],
    ['a company', 'for acme  GmbH, please', { companies: ['ACME GmbH'] }, 'for [company], please'],
    ['an id of the application', 'I am user_8812', { ids: ['user_8812'] }, 'I am [id]'],
  ])('%s is replaced', (_, text, known, expected) => {
    expect(redact(text, known)).toBe(expected)
  })

  it('is no reason to touch longer words', () => {
    expect(redact('The adapter of Adalbert', { names: ['Ada'] })).toBe('The adapter of Adalbert')
  })
})

describe('in any text', () => {
  it.each([
    ['I am Ada Lark.', 'I am [name].'],
    ['I am ADA\nLARK, and zoe o’neil too', 'I am [name], and [name] too'],
    ['Adam and the larks stay', 'Adam and the larks stay'],
    ['Write to ada.lark@example.com, please', 'Write to [email], please'],
    ['My number is +43 (660) 12 34 567', 'My number is [phone]'],
    ['Call ０６６０ １２３４５６７ today', 'Call [phone] today'],
    ['My order 10045231 is late', 'My order [number] is late'],
    ['Card 4111 1111 1111 1111, exp 12/28', 'Card [number], exp 12/28'],
    ['IBAN AT61 1904 3002 3457 3201', 'IBAN [number]'],
    ['See https://shop.example/orders?token=abc and www.shop.example/x', 'See [link] and [link]'],
    ['I am CUST-48151', 'I am [id]'],
    ['Open from 10:00 to 16:00 for 25 to 500 euro', 'Open from 10:00 to 16:00 for 25 to 500 euro'],
  ])('%j becomes %j', (text, expected) => {
    expect(redact(text, ada)).toBe(expected)
  })

  it.each([
    ['an email', 'write to someone.else+x@mail.example.org.', 'write to [email].'],
    ['an email that is spelled', 'someone (at) mail.example', '[email]'],
    [
      'a web address',
      'see https://ada:pass@shop.example/cart?user=7&token=abc, or www.shop.example.',
      'see [link], or [link].',
    ],
    ['an IBAN', 'from DE89 3704 0044 0532 0130 00 today', 'from [number] today'],
    ['a card', 'card 4111-1111-1111-1111', 'card [number]'],
    ['a phone', 'at +1 415 555 2671', 'at [phone]'],
  ])('%s is replaced', (_, text, expected) => {
    expect(redact(text, {})).toBe(expected)
  })

  it('short numbers and ordinary words stay', () => {
    const text = 'Do you have 3 bikes of 28 inches for 1,499 euro? Open 10:00-16:00, 9:00–18:30.'
    expect(redact(text, {})).toBe(text)
  })
})

describe('none of the known details survives', () => {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .toUpperCase()
      .toLowerCase()
  const word = fc.stringMatching(/^[A-Za-zÀ-ÖØ-öø-ÿŁłĐđ]{3,12}$/)
  const noise = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(' hello ', '\n', ' — ', '(', '"', '. '),
  )
  const changed = (text: string) =>
    fc.constantFrom(
      text,
      text.toUpperCase(),
      text.toLowerCase(),
      text.normalize('NFD'),
      text.normalize('NFC'),
      [...text].join('\u200B'),
      text.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    )
  const withoutPlaces = (text: string) => text.replace(/\[(?:name|email|phone|number|company|id|link)\]/g, ' ')

  it('of a name, in whatever case and form it is written', () => {
    fc.assert(
      fc.property(word, word, noise, noise, fc.gen(), (first, last, start, end, gen) => {
        const said = gen(() => changed(`${first} ${last}`))
        const text = `${start} ${said} ${end}`
        const rest = plain(withoutPlaces(redact(text, { names: [`${first} ${last}`] })))
        for (const part of [first, last])
          expect(rest.match(new RegExp(`(?<![\\p{L}\\p{N}])${plain(part)}(?![\\p{L}\\p{N}])`, 'u'))).toBeNull()
      }),
    )
  })

  it('of a phone number, however it is separated', () => {
    const separator = fc.constantFrom('', '', '', ' ', '-', '.', '/', ' (', ') ', '\u00A0')
    fc.assert(
      fc.property(
        fc.stringMatching(/^[1-9]\d{6,13}$/),
        fc.array(separator, { minLength: 14, maxLength: 14 }),
        noise,
        (digits, separators, start) => {
          const said = [...digits].map((digit, index) => digit + (separators[index] ?? '')).join('')
          const rest = withoutPlaces(redact(`${start} ${said} please`, { phones: [`+${digits}`] }))
          expect(rest.replace(/[^\d]/g, '')).not.toContain(digits)
        },
      ),
    )
  })

  it('of an email, in whatever case and form it is written', () => {
    fc.assert(
      fc.property(fc.emailAddress(), noise, fc.gen(), (address, start, gen) => {
        const rest = plain(withoutPlaces(redact(`${start} ${gen(() => changed(address))} end`, { emails: [address] })))
        expect(rest).not.toContain(plain(address))
      }),
    )
  })

  it('and a text of any kind never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, known) => {
        redact(text, { names: [known], emails: [known], phones: [known], companies: [known], ids: [known] })
      }),
    )
  })

  it('and no phone and no long number of any person, however their digits are written', () => {
    const digit = fc.constantFrom(...'0123456789', ...'０１２３４５６７８９')
    const separator = fc.constantFrom('', ' ', '-', '.', '/', '\u00a0')
    fc.assert(
      fc.property(fc.array(fc.tuple(digit, separator), { minLength: 5, maxLength: 18 }), (parts) => {
        const number = parts.map(([one, between], index) => (index === parts.length - 1 ? one : one + between)).join('')
        expect(redact(`Call ${number} now`)).not.toMatch(/\d{3}/)
      }),
      { numRuns: 100 },
    )
  })
})
