/** ISO 8601 in UTC. Whole seconds come without milliseconds: the vendor's samples show both forms. */
export const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')
