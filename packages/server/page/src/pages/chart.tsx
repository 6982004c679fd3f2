import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { number, shortDay } from '../format.ts'

export interface Series {
  name: string
  /** `null`: not known. */
  values: readonly (number | null)[]
}

/** Colors that can be told apart in both themes, also by the color-blind. */
const colors = ['#4a7dff', '#e07b00', '#1f9e77', '#c94f9b', '#8a6df0', '#b0a000', '#30a5c9', '#d1495b']

/**
 * A small line chart. What it shows must also be there as a table, because nobody hears a chart.
 *
 * @param times the beginnings of the periods, in seconds since 1970.
 */
export function Chart({
  label,
  times,
  series,
  format = number,
}: {
  label: string
  times: readonly number[]
  series: readonly Series[]
  format?: (value: number) => string
}) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const { color } = getComputedStyle(element)
    const axis = {
      stroke: color,
      grid: { stroke: `color-mix(in srgb, ${color} 15%, transparent)` },
      ticks: { show: false },
    }
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: 180,
        scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map(shortDay) },
          { ...axis, size: 60, values: (_, ticks) => ticks.map(format) },
        ],
        legend: { live: false },
        series: [
          {},
          ...series.map(({ name }, index) => ({
            label: name,
            stroke: colors[index % colors.length] as string,
            width: 2,
            points: { show: times.length < 15 },
          })),
        ],
      },
      [times, ...series.map(({ values }) => values)] as unknown as uPlot.AlignedData,
      element,
    )
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: 180 }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [times, series, format])
  return (
    <figure className="chart">
      <figcaption>{label}</figcaption>
      <div ref={frame} className="chart-frame" aria-hidden="true" />
    </figure>
  )
}
