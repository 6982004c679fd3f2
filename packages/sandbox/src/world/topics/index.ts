import type { Topic } from '../world.ts'
import { orders } from './orders.ts'
import { services } from './services.ts'
import { shop } from './shop.ts'
import { workshop } from './workshop.ts'

export const topics: readonly Topic[] = [...orders, ...workshop, ...shop, ...services]
