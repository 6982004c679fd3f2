export const fromSeconds = (seconds: number): string => new Date(seconds * 1000).toISOString()
