import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that take a minute or more, the longest first. Without durations of an earlier run, vitest begins with the largest
 * files, and most of these are small: the last ones would run alone while the other workers have nothing to do.
 */
export const longest: readonly string[] = [
  'test/packaging.test.ts',
  'test/adding-a-vendor.test.ts',
  'test/end-to-end/sync.test.ts',
  'packages/inbox/test/store/pglite.test.ts',
  'test/sync/simulation.test.ts',
  'test/conformance/documented.test.ts',
  'test/desk/simulation.test.ts',
  'test/conformance/observed.test.ts',
  'test/lost-answers.test.ts',
  'test/browser/chatbot.test.ts',
  'test/page/list.test.ts',
  'test/page/screens.test.ts',
  'test/page/answering.test.ts',
  'packages/inbox/test/sync/workers.test.ts',
  'test/properties/drift.test.ts',
  'test/desk/safeguards.test.ts',
  'test/sync/safeguards.test.ts',
  'test/end-to-end/killed-program.test.ts',
]

/** Vitest's order, in which the longest files of each project come first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification): number => {
      const index = longest.indexOf(relative(root, moduleId))
      return index < 0 ? longest.length : index
    }
    // A process takes one file after another of its project, so the projects stay together.
    const projects = [...new Set(sorted.map(({ project }) => project))]
    return projects.flatMap((project) =>
      sorted.filter((file) => file.project === project).sort((a, b) => place(a) - place(b)),
    )
  }
}
