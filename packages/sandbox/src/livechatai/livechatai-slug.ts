import type { State } from './livechatai-state.ts'

export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')

/** A slug that no other agent of the workspace has. */
export function freeSlug(state: State, name: string): string {
  const taken = new Set([...state.agents.values()].map((agent) => agent.slug))
  const slug = slugOf(name) || 'agent'
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number++
  return `${slug}-${number}`
}
