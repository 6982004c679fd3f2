export { type Portability, type PortabilityRow, portability } from './portability.ts'
export { portabilityTable } from './portability-table.ts'
