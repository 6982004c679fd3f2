import { type Budget, type BudgetOptions, createBudget } from './budget.ts'
import type { Clock } from './clock.ts'

const shared = new WeakMap<Clock, WeakMap<object, Map<string, Budget>>>()

/** The budget of a limit scope: the same one for every adapter of this process that names the same scope. */
export function budgetOf(
  clock: Clock,
  scope: string,
  limit: { requests: number; perMs: number } | null,
  options: Omit<BudgetOptions, 'scope'> = {},
): Budget {
  const owners = shared.get(clock) ?? new WeakMap<object, Map<string, Budget>>()
  const owner = options.limiter ?? clock
  const budgets = owners.get(owner) ?? new Map<string, Budget>()
  const budget = budgets.get(scope) ?? createBudget(clock, limit, { ...options, scope })
  shared.set(clock, owners.set(owner, budgets.set(scope, budget)))
  return budget
}
