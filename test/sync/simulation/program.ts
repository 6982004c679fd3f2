/** What `loadSimulation` gives. */
export { prepare } from './database.ts'
export { simulate } from './simulate.ts'
