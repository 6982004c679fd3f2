import { describe, it } from 'vitest'
import { conformance } from '../src/index.ts'
import { referenceHarness } from './reference/harness.ts'

conformance(referenceHarness(), { describe, it })
