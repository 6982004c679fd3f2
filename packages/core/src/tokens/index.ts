export { type Lease, lockByLease } from './lock-by-lease.ts'
export { memoryTokenStore } from './memory-token-store.ts'
export type { TokenStore } from './token-store.ts'
export { tokenStoreOption } from './token-store-option.ts'
