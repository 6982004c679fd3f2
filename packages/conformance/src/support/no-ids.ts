/** What JavaScript hands over as an id when something is missing; `..` would lead to another endpoint. */
export const noIds: readonly unknown[] = ['', ' ', undefined, null, 7, {}, '..']
