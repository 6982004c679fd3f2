export { type Portability, type PortabilityRow, portability } from './portability.ts'
export { portabilityTable } from './portability-table.ts'
export { route } from './route/create-route.ts'
export type * from './route/route.ts'
export {
  type Comparison,
  type Shadow,
  type ShadowAnswer,
  type ShadowControls,
  type ShadowOptions,
  type ShadowReport,
  shadow,
} from './shadow.ts'
