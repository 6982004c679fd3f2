import { nodeLibrary } from '../tsup.base.ts'

export default nodeLibrary('src/index.ts', 'src/client.ts')
