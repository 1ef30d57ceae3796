# The public names, each beside the file that it is loaded from when it is first used.

from .comparison import Comparison as Comparison
from .comparison import ComparisonRow as ComparisonRow
from .comparison import compare as compare
from .differentiation.forward_difference import forward_difference as forward_difference
from .differentiation.method import MethodChoice as MethodChoice
from .differentiation.registry import methods as methods
from .errors import EngineError as EngineError
from .errors import ReadError as ReadError
from .evaluation.autograd import autograd_evaluate as autograd_evaluate
from .evaluation.autograd import autograd_hessian as autograd_hessian
from .evaluation.autograd_grid import autograd_sample as autograd_sample
from .evaluation.field import GradientField as GradientField
from .evaluation.field import RegularGrid as RegularGrid
from .evaluation.field import sample as sample
from .evaluation.points import evaluate as evaluate
from .export.csv import write_csv as write_csv
from .language.reader import Reading as Reading
from .language.reader import read as read
from .partial import Partial as Partial
from .point import Point as Point
from .polynomial import Polynomial as Polynomial
from .studies.error_samples import ErrorSample as ErrorSample
from .studies.error_samples import ErrorStudy as ErrorStudy
from .studies.error_study import study_error as study_error
from .studies.error_study import study_errors as study_errors
from .worksheet.worksheet import Worksheet as Worksheet
