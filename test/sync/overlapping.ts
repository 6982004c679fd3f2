/** What `overlap.test.ts` loads with changed sources. */
export { createStore } from '../../packages/inbox/src/store/create-store.ts'
export { databaseOf } from '../../packages/inbox/src/store/database.ts'
export { compareRows, rowsOf, write } from '../../packages/inbox/src/store/records.ts'
