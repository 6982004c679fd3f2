import { failure } from '@parley/testkit'
import { methodOf, nativeCase, nativeRequest, withValue } from '@parley/testkit/native'
import nock from 'nock'
import { expect } from 'vitest'
import { baseUrl, testAccount } from '../helpers/account.ts'
import type { Case } from './case.ts'
import { agentCases } from './cases-agents.ts'
import { conversationCases } from './cases-conversations.ts'
import { sideCases } from './cases-side.ts'

export const cases: Case[] = [...agentCases, ...conversationCases, ...sideCases]

export const caseOf = (route: string): Case => nativeCase(cases, route)

/** The input of a case with some of its values changed. */
export const having = (route: string, changes: Record<string, unknown>): Case['input'] =>
  Object.entries(changes).reduce((input, [place, value]) => withValue(input, place, value), caseOf(route).input)

/** Nothing is sent, and the error names the field and what is wrong with it. */
export async function refuses(route: string, input: Case['input'], path: string, problem: string): Promise<void> {
  expect(await failure(nativeRequest(testAccount(), route, input))).toMatchObject({
    code: 'invalid-request',
    operation: `native ${route}`,
    outcome: 'not-done',
    fields: [{ path, problem }],
  })
}

/** It is sent. */
export async function accepts(route: string, input: Case['input']): Promise<void> {
  nock(baseUrl)
    .intercept(() => true, methodOf(caseOf(route)))
    .query(true)
    .reply(200, {})
  await nativeRequest(testAccount(), route, input)
}
