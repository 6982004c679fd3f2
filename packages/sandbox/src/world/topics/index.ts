import { orders } from './orders.ts'
import { services } from './services.ts'
import { shop } from './shop.ts'
import type { Topic } from './topic.ts'
import { workshop } from './workshop.ts'

export const topics: readonly Topic[] = [...orders, ...workshop, ...shop, ...services]
