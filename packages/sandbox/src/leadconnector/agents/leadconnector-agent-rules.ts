import {
  any,
  boolean,
  list,
  needed,
  number,
  oneOf,
  optional,
  type Shape,
  string,
  violations,
} from '../http/leadconnector-rules.ts'
import type { Json } from '../leadconnector-json.ts'

const modes = ['off', 'suggestive', 'auto-pilot']

const fields: Shape = {
  businessName: optional(string),
  mode: optional(oneOf(...modes)),
  channels: optional(list(oneOf('IG', 'FB', 'SMS', 'WebChat', 'WhatsApp', 'Live_Chat', 'Email'))),
  isPrimary: optional(boolean),
  waitTime: optional(number(0)),
  waitTimeUnit: optional(oneOf('seconds', 'minutes')),
  sleepEnabled: optional(boolean),
  sleepOnManualMessage: optional(boolean),
  sleepOnWorkflowMessage: optional(boolean),
  sleepTime: optional(number(0)),
  sleepTimeUnit: optional(oneOf('hours', 'minutes', 'seconds')),
  knowledgeBaseIds: optional(list(string)),
  respondToImages: optional(boolean),
  respondToAudio: optional(boolean),
  fullPrompt: optional(string),
  knowledgeBaseTriggers: optional(list(any)),
}

export const createShape: Shape = {
  name: needed(string),
  personality: needed(string),
  goal: needed(string),
  instructions: needed(string),
  autoPilotMaxMessages: optional(number(1, 100)),
  ...fields,
}

export const updateShape: Shape = {
  name: optional(string),
  personality: optional(string),
  goal: optional(string),
  instructions: optional(string),
  autoPilotMaxMessages: needed(number(1, 100)),
  ...fields,
}

const longestWait: Readonly<Record<string, number>> = { seconds: 300, minutes: 5 }
const longestSleep: Readonly<Record<string, number>> = { hours: 48, minutes: 2880, seconds: 172_800 }

/** The limits of a duration depend on its unit. */
export function agentViolations(shape: Shape, body: Json): string[] {
  const broken = violations(shape, body)
  const isUpdate = shape === updateShape
  if (isUpdate && body['isPrimary'] === true && body['mode'] === undefined) broken.push('mode should not be empty')
  const wait = longestWait[String(body['waitTimeUnit'] ?? 'seconds')]
  const sleep = longestSleep[String(body['sleepTimeUnit'] ?? 'hours')]
  return [...broken, ...tooLong(body, 'waitTime', wait), ...tooLong(body, 'sleepTime', sleep)]
}

function tooLong(body: Json, key: string, most = Number.POSITIVE_INFINITY): string[] {
  const value = body[key]
  return typeof value === 'number' && value > most ? [`${key} must not be greater than ${most}`] : []
}
