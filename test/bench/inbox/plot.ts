/** What one thing takes at one size of the store, in milliseconds. */
export interface Growth {
  messages: number
  /** To store 100 messages. */
  store: number
  /** A page of a list, p95. */
  list: number
  /** A search, p95. */
  search: number
}

const [width, height] = [720, 400]
const [left, right, top, bottom] = [70, 150, 40, 50]

const lines = [
  { name: 'search, p95', color: '#b4441f', of: ({ search }: Growth) => search },
  { name: 'storing 100 messages', color: '#1f5fb4', of: ({ store }: Growth) => store },
  { name: 'list page, p95', color: '#1a7f4b', of: ({ list }: Growth) => list },
] as const

/** A plot with logarithmic axes: what grows with the size rises, what does not stays level. */
export function plotOf(growth: readonly Growth[]): string {
  const sizes = growth.map(({ messages }) => messages)
  const values = growth.flatMap((point) => lines.map(({ of }) => of(point)))
  const x = axis(Math.min(...sizes), Math.max(...sizes), left, width - right)
  const y = axis(
    10 ** Math.floor(Math.log10(Math.min(...values))),
    10 ** Math.ceil(Math.log10(Math.max(...values))),
    height - bottom,
    top,
  )
  const parts = [
    `<title>Milliseconds by the number of stored messages</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(left, 22, 'Milliseconds, by the number of stored messages', 'start', 15),
    ...sizes.flatMap((size) => [
      rule(x.at(size), top, x.at(size), height - bottom),
      text(x.at(size), height - bottom + 20, size.toLocaleString('en')),
    ]),
    ...y.decades.flatMap((value) => [
      rule(left, y.at(value), width - right, y.at(value)),
      text(left - 8, y.at(value) + 4, String(value), 'end'),
    ]),
    ...lines.flatMap(({ name, color, of }) => {
      const points = growth.map((point) => [x.at(point.messages), y.at(of(point))] as const)
      const [endX, endY] = points.at(-1) ?? [0, 0]
      return [
        `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.map((point) => point.map(round).join(',')).join(' ')}"/>`,
        ...points.map(([cx, cy]) => `<circle cx="${round(cx)}" cy="${round(cy)}" r="3.5" fill="${color}"/>`),
        `<text x="${round(endX + 10)}" y="${round(endY + 4)}" font-size="12" fill="${color}">${name}</text>`,
      ]
    }),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" role="img">\n${parts.join('\n')}\n</svg>\n`
}

function axis(least: number, most: number, from: number, to: number) {
  const [low, high] = [Math.log10(least), Math.log10(most)]
  return {
    at: (value: number) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    decades: Array.from({ length: Math.round(high - low) + 1 }, (_, index) => 10 ** Math.round(low + index)),
  }
}

const round = (value: number): number => Math.round(value * 10) / 10

const rule = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#d8d8d8"/>`

const text = (x: number, y: number, content: string, anchor = 'middle', size = 12): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" text-anchor="${anchor}" fill="#333333">${content}</text>`
