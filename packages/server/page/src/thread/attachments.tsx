import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, File, FileAudio, FileImage, FileText, FileVideo, type LucideIcon } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type Attachment, ask, client, Refused } from '../api.ts'
import { size } from '../format.ts'
import { Dialog } from '../shell/dialog.tsx'
import { strings } from '../strings.ts'
import { type FileKind, fileNameOf, kindOf } from './file-kind.ts'
import { ExternalLink, safeAddress } from './links.tsx'
import { useSeen } from './seen.ts'

const icons: Readonly<Record<FileKind, LucideIcon>> = {
  image: FileImage,
  audio: FileAudio,
  video: FileVideo,
  pdf: FileText,
  other: File,
}

/** A larger picture is only loaded when the reader asks for it, in bytes. */
const largestImage = 15_000_000

const bytesOf = (message: string, attachment: Attachment) => ({
  queryKey: ['attachment', message, attachment.ref],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Blob> => {
    const bytes: unknown = await ask(
      client.GET('/v1/messages/{message}/attachments/{attachment}/content', {
        params: { path: { message, attachment: attachment.ref } },
        parseAs: 'blob',
        signal,
      }),
    )
    return new Blob([bytes as Blob], { type: kindOf(attachment).type })
  },
  // The bytes of a file never change.
  staleTime: 'static' as const,
  gcTime: 120_000,
  retry: false,
})

/** An address of the bytes that only this page knows, as long as they are shown. */
function useObjectUrl(bytes: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!bytes) return
    const made = URL.createObjectURL(bytes)
    setUrl(made)
    return () => {
      URL.revokeObjectURL(made)
      setUrl(undefined)
    }
  }, [bytes])
  return url
}

export function Attachments({ message, items }: { message: string; items: readonly Attachment[] }) {
  return (
    <ul className="attachments">
      {items.map((item) => (
        <li key={item.ref}>
          <OneAttachment message={message} item={item} />
        </li>
      ))}
    </ul>
  )
}

function OneAttachment({ message, item }: { message: string; item: Attachment }) {
  const box = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(box)
  const { kind } = kindOf(item)
  const [isWanted, setWanted] = useState(false)
  const loadsItself = kind === 'image' && (item.size ?? 0) <= largestImage
  const query = useQuery({ ...bytesOf(message, item), enabled: (loadsItself && isSeen) || isWanted })
  const url = useObjectUrl(query.data)
  const name = fileNameOf(item) ?? strings.thread.files[kind]
  return (
    <div ref={box} className="attachment" data-kind={kind}>
      {url ? (
        <Preview kind={kind} url={url} name={name} />
      ) : (
        loadsItself && !query.error && <div className="attachment-image" aria-hidden="true" />
      )}
      <FileLine message={message} item={item} name={name} kind={kind}>
        {kind !== 'other' && !url && !query.error && !loadsItself && (
          <button
            type="button"
            className="button button-small"
            disabled={query.isFetching}
            onClick={() => setWanted(true)}
          >
            {query.isFetching ? strings.loading : strings.thread.preview(strings.thread.files[kind])}
          </button>
        )}
      </FileLine>
      {query.error && <Unavailable item={item} error={query.error} />}
    </div>
  )
}

function FileLine({
  message,
  item,
  name,
  kind,
  children,
}: {
  message: string
  item: Attachment
  name: string
  kind: FileKind
  children: ReactNode
}) {
  const queries = useQueryClient()
  const [state, setState] = useState<{ isBusy?: boolean; error?: unknown }>({})
  const Icon = icons[kind]
  const download = async () => {
    setState({ isBusy: true })
    try {
      save(await queries.fetchQuery(bytesOf(message, item)), name)
      setState({})
    } catch (error) {
      setState({ error })
    }
  }
  return (
    <>
      <span className="attachment-line">
        <Icon aria-hidden="true" />
        <span className="ellipsis" title={name} dir="auto">
          {name}
        </span>
        <span className="soft">{item.size ? size(item.size) : ''}</span>
        {children}
        <button
          type="button"
          className="icon-button"
          disabled={state.isBusy}
          aria-label={strings.thread.download(name)}
          title={strings.thread.download(name)}
          onClick={() => void download()}
        >
          <Download aria-hidden="true" />
        </button>
      </span>
      {state.error !== undefined && <Unavailable item={item} error={state.error} />}
    </>
  )
}

function save(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

function Unavailable({ item, error }: { item: Attachment; error: unknown }) {
  const address = safeAddress(item.url)
  return (
    <p className="attachment-error" role="status">
      {error instanceof Refused ? strings.thread.fileUnavailable : strings.states.offline}{' '}
      {address !== undefined && <ExternalLink address={address} text={strings.thread.openAtVendor} />}
    </p>
  )
}

function Preview({ kind, url, name }: { kind: FileKind; url: string; name: string }) {
  switch (kind) {
    case 'image':
      return <Picture url={url} name={name} />
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: a customer's recording has no captions.
      return <audio controls src={url} aria-label={name} />
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: a customer's recording has no captions.
      return <video controls src={url} aria-label={name} />
    case 'pdf':
      return <iframe className="attachment-pdf" src={url} title={name} />
    default:
      return null
  }
}

function Picture({ url, name }: { url: string; name: string }) {
  const [isLarge, setLarge] = useState(false)
  const [isBroken, setBroken] = useState(false)
  if (isBroken) return <p className="attachment-error">{strings.thread.noPicture}</p>
  return (
    <>
      <button
        type="button"
        className="attachment-image"
        aria-label={strings.thread.enlarge(name)}
        onClick={() => setLarge(true)}
      >
        <img src={url} alt="" onError={() => setBroken(true)} />
      </button>
      {isLarge && (
        <Dialog title={name} onClose={() => setLarge(false)}>
          <img className="large-image" src={url} alt={name} />
        </Dialog>
      )}
    </>
  )
}
