import { Component, type ReactNode } from 'react'
import { strings } from './strings.ts'

interface BoundaryProps {
  children: ReactNode
  /** What is shown instead of a part without which the rest can be used. Default: a note that the page has failed. */
  instead?: ReactNode
}

/** Shows that something went wrong in a part of the page. React has this for classes only. */
export class Boundary extends Component<BoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    if (this.props.instead !== undefined) return this.props.instead
    return (
      <div className="notice notice-page" role="alert">
        <p>{strings.states.unexpected}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {strings.states.reload}
        </button>
      </div>
    )
  }
}
