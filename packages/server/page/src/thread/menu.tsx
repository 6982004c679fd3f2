import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'

const items = 'button:not(:disabled), input, a[href]'

/** A button that opens a small window beside it. The browser closes the window with Escape and with a click elsewhere. */
export function Menu({
  label,
  children,
  button,
  className = 'button button-small',
}: {
  label: string
  /** What the button shows. */
  button: ReactNode
  className?: string
  children: (close: () => void) => ReactNode
}) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!isOpen || !opener.current || !menu.current) return
    place(menu.current, opener.current)
    menu.current.querySelector<HTMLElement>(items)?.focus()
  }, [isOpen])

  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || !menu.current) return
    event.preventDefault()
    const all = [...menu.current.querySelectorAll<HTMLElement>(items)]
    const index = all.indexOf(document.activeElement as HTMLElement)
    all[(index + step + all.length) % all.length]?.focus()
  }
  return (
    <>
      <button ref={opener} type="button" className={className} popoverTarget={id} aria-label={label} title={label}>
        {button}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="menu"
        role="dialog"
        aria-label={label}
        onKeyDown={move}
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {isOpen && children(() => menu.current?.hidePopover())}
      </div>
    </>
  )
}

const margin = 8

/** Below the button, or above it, and always within the window. */
function place(menu: HTMLElement, opener: HTMLElement): void {
  const at = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const isBelow = at.bottom + height + margin < innerHeight || at.top < height + margin
  const top = isBelow ? at.bottom + 4 : at.top - height - 4
  menu.style.top = `${Math.max(margin, Math.min(top, innerHeight - height - margin))}px`
  menu.style.left = `${Math.max(margin, Math.min(at.right - width, innerWidth - width - margin))}px`
}

/** A command in a menu. */
export function MenuItem({
  onChoose,
  children,
  hint,
  disabled = false,
}: {
  onChoose: () => void
  children: ReactNode
  hint?: string
  disabled?: boolean
}) {
  return (
    <button type="button" className="menu-item" onClick={onChoose} disabled={disabled}>
      <span className="ellipsis">{children}</span>
      {hint && <small>{hint}</small>}
    </button>
  )
}
