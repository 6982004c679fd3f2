import type { PlantedMessage } from './emulator.ts'

// A misspelled setting or field would make a test pass without testing anything.

/** The settings of an emulator. Setting an unknown name throws. */
export const closed = <Settings>(vendor: string, settings: Settings): Settings =>
  new Proxy(settings as object, {
    set(target, name, value) {
      if (!Object.hasOwn(target, name))
        throw new TypeError(
          `${vendor}: there is no setting "${String(name)}"; there are ${Object.keys(target).join(', ')}.`,
        )
      return Reflect.set(target, name, value)
    },
  }) as Settings

const isOneOf =
  (...words: readonly unknown[]) =>
  (value: unknown) =>
    words.includes(value)

const rules: { readonly [Field in keyof PlantedMessage]-?: readonly [(value: unknown) => boolean, string] } = {
  by: [isOneOf('contact', 'agent', 'operator', 'workflow', 'system'), 'contact, agent, operator, workflow or system'],
  kind: [isOneOf(undefined, 'text', 'email', 'call', 'note', 'activity'), 'text, email, call, note or activity'],
  text: [(value) => typeof value === 'string', 'a string'],
  at: [(value) => value === undefined || value === null || Number.isFinite(value), 'milliseconds or null'],
  operatorId: [(value) => value === undefined || typeof value === 'string', 'a string'],
}

/** @throws TypeError that names the field. */
export function checkPlanted(message: PlantedMessage): void {
  if (Object.prototype.toString.call(message) !== '[object Object]')
    throw new TypeError('plant: the message must be an object.')
  for (const name of Object.keys(message))
    if (!Object.hasOwn(rules, name))
      throw new TypeError(`plant: there is no field "${name}"; there are ${Object.keys(rules).join(', ')}.`)
  for (const [name, [isRight, wanted]] of Object.entries(rules))
    if (!isRight(message[name as keyof PlantedMessage])) throw new TypeError(`plant: ${name} must be ${wanted}.`)
}
