/** Only the fields that the server always sends. A value that it may omit or send as `null` is not compared. */
export const told = <T extends object>(fields: T): { [Key in keyof T]?: NonNullable<T[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)) as {
    [Key in keyof T]?: NonNullable<T[Key]>
  }

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** Some vendors cut the times in lists to whole seconds. */
export const isoSeconds = (milliseconds: number): string => iso(Math.floor(milliseconds / 1000) * 1000)
