/** What `loadSimulation` gives. */
export { prepare } from '../../sync/simulation/database.ts'
export { simulate } from './simulate.ts'
