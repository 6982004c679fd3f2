import { File as FileIcon, X } from 'lucide-react'
import { size } from '../format.ts'
import { strings } from '../strings.ts'
import { usePreviews } from './writing.ts'

const words = strings.composer

/** The files that go with a reply. */
export function AttachedFiles({
  files,
  onChange,
}: {
  files: readonly File[]
  onChange: (files: readonly File[]) => void
}) {
  const previews = usePreviews(files)
  if (files.length === 0) return null
  return (
    <ul className="attached" aria-label={words.files}>
      {files.map((file, index) => {
        const preview = previews.get(file)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same file can be attached twice.
          <li key={`${index} ${file.name}`} className="attached-file">
            {preview ? <img src={preview} alt="" /> : <FileIcon aria-hidden="true" />}
            <span className="attached-name">
              <span className="ellipsis" dir="auto" title={file.name}>
                {file.name || words.unnamed}
              </span>
              <small>{size(file.size)}</small>
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label={words.removeFile(file.name || words.unnamed)}
              onClick={() => onChange(files.filter((other) => other !== file))}
            >
              <X aria-hidden="true" />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
