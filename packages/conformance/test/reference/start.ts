/** When the story of the made-up vendor ends, in Unix seconds. */
export const start: number = Date.UTC(2026, 0, 15, 10, 30) / 1000
