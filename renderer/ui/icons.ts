import Table2 from '@lucide/svelte/icons/table-2'
import TableProperties from '@lucide/svelte/icons/table-properties'
import Grid3x3 from '@lucide/svelte/icons/grid-3x3'
import ChartScatter from '@lucide/svelte/icons/chart-scatter'
import Layers from '@lucide/svelte/icons/layers'
import Waypoints from '@lucide/svelte/icons/waypoints'
import Sigma from '@lucide/svelte/icons/sigma'
import Lasso from '@lucide/svelte/icons/lasso'
import SquareDashed from '@lucide/svelte/icons/square-dashed'
import Hand from '@lucide/svelte/icons/hand'
import Maximize from '@lucide/svelte/icons/maximize'
import Hash from '@lucide/svelte/icons/hash'
import Tag from '@lucide/svelte/icons/tag'
import Type from '@lucide/svelte/icons/type'
import Calendar from '@lucide/svelte/icons/calendar'
import ToggleLeft from '@lucide/svelte/icons/toggle-left'
import CircleAlert from '@lucide/svelte/icons/circle-alert'
import TriangleAlert from '@lucide/svelte/icons/triangle-alert'
import Info from '@lucide/svelte/icons/info'
import CircleCheck from '@lucide/svelte/icons/circle-check'
import LoaderCircle from '@lucide/svelte/icons/loader-circle'
import Download from '@lucide/svelte/icons/download'
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal'
import GitCompare from '@lucide/svelte/icons/git-compare'
import Star from '@lucide/svelte/icons/star'
import Search from '@lucide/svelte/icons/search'
import Plus from '@lucide/svelte/icons/plus'
import Minus from '@lucide/svelte/icons/minus'
import X from '@lucide/svelte/icons/x'
import Check from '@lucide/svelte/icons/check'
import Ellipsis from '@lucide/svelte/icons/ellipsis'
import ChevronDown from '@lucide/svelte/icons/chevron-down'
import ChevronRight from '@lucide/svelte/icons/chevron-right'
import PanelLeft from '@lucide/svelte/icons/panel-left'
import PanelRight from '@lucide/svelte/icons/panel-right'
import Settings2 from '@lucide/svelte/icons/settings-2'
import FileSpreadsheet from '@lucide/svelte/icons/file-spreadsheet'
import FolderOpen from '@lucide/svelte/icons/folder-open'
import Database from '@lucide/svelte/icons/database'
import Copy from '@lucide/svelte/icons/copy'
import Keyboard from '@lucide/svelte/icons/keyboard'
import Sun from '@lucide/svelte/icons/sun'
import Moon from '@lucide/svelte/icons/moon'
import Monitor from '@lucide/svelte/icons/monitor'
import Trash2 from '@lucide/svelte/icons/trash-2'
import Pencil from '@lucide/svelte/icons/pencil'
import Save from '@lucide/svelte/icons/save'
import FilePlus from '@lucide/svelte/icons/file-plus'
import Play from '@lucide/svelte/icons/play'
import ArrowUp from '@lucide/svelte/icons/arrow-up'
import ArrowLeft from '@lucide/svelte/icons/arrow-left'
import ArrowLeftToLine from '@lucide/svelte/icons/arrow-left-to-line'
import ArrowRight from '@lucide/svelte/icons/arrow-right'
import ArrowDown from '@lucide/svelte/icons/arrow-down'
import RotateCcw from '@lucide/svelte/icons/rotate-ccw'
import ZoomIn from '@lucide/svelte/icons/zoom-in'
import ZoomOut from '@lucide/svelte/icons/zoom-out'
import Image from '@lucide/svelte/icons/image'
import FileBraces from '@lucide/svelte/icons/file-braces'
import Undo2 from '@lucide/svelte/icons/undo-2'
import Redo2 from '@lucide/svelte/icons/redo-2'
import History from '@lucide/svelte/icons/history'
import ClipboardPaste from '@lucide/svelte/icons/clipboard-paste'
import AppWindow from '@lucide/svelte/icons/app-window'
import RefreshCw from '@lucide/svelte/icons/refresh-cw'
import Columns3 from '@lucide/svelte/icons/columns-3'
import ChevronUp from '@lucide/svelte/icons/chevron-up'
import Pin from '@lucide/svelte/icons/pin'
import Eye from '@lucide/svelte/icons/eye'
import ListChecks from '@lucide/svelte/icons/list-checks'
import BookOpen from '@lucide/svelte/icons/book-open'
import EyeOff from '@lucide/svelte/icons/eye-off'

/** The icons there are, each imported by itself so that only these are in the build. Names are Lucide's. */
export const icons = {
  'arrow-left': ArrowLeft,
  'arrow-left-to-line': ArrowLeftToLine,
  'arrow-right': ArrowRight,
  eye: Eye,
  'list-checks': ListChecks,
  'undo-2': Undo2,
  'redo-2': Redo2,
  history: History,
  'clipboard-paste': ClipboardPaste,
  'app-window': AppWindow,
  'refresh-cw': RefreshCw,
  'table-2': Table2,
  'table-properties': TableProperties,
  'grid-3x3': Grid3x3,
  'chart-scatter': ChartScatter,
  layers: Layers,
  waypoints: Waypoints,
  sigma: Sigma,
  lasso: Lasso,
  'square-dashed': SquareDashed,
  hand: Hand,
  maximize: Maximize,
  hash: Hash,
  tag: Tag,
  type: Type,
  calendar: Calendar,
  'toggle-left': ToggleLeft,
  'circle-alert': CircleAlert,
  'triangle-alert': TriangleAlert,
  info: Info,
  'circle-check': CircleCheck,
  'loader-circle': LoaderCircle,
  download: Download,
  'sliders-horizontal': SlidersHorizontal,
  'git-compare': GitCompare,
  star: Star,
  search: Search,
  plus: Plus,
  minus: Minus,
  x: X,
  check: Check,
  ellipsis: Ellipsis,
  'chevron-down': ChevronDown,
  'chevron-right': ChevronRight,
  'panel-left': PanelLeft,
  'panel-right': PanelRight,
  'settings-2': Settings2,
  'file-spreadsheet': FileSpreadsheet,
  'folder-open': FolderOpen,
  database: Database,
  copy: Copy,
  keyboard: Keyboard,
  sun: Sun,
  moon: Moon,
  monitor: Monitor,
  'trash-2': Trash2,
  pencil: Pencil,
  save: Save,
  'file-plus': FilePlus,
  play: Play,
  'arrow-up': ArrowUp,
  'arrow-down': ArrowDown,
  'rotate-ccw': RotateCcw,
  'zoom-in': ZoomIn,
  'zoom-out': ZoomOut,
  image: Image,
  'file-braces': FileBraces,
  'columns-3': Columns3,
  'chevron-up': ChevronUp,
  pin: Pin,
  'eye-off': EyeOff,
  'book-open': BookOpen
} as const

export type IconName = keyof typeof icons
