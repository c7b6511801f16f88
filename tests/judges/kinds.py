"""Every kind of resource that the judges know, by its name in either target."""

from kinds_rotation import ROTATION
from kinds_surroundings import SURROUNDINGS

BY_CLOUDFORMATION = {kind.cloudformation: kind for kind in ROTATION + SURROUNDINGS}
BY_TERRAFORM = {kind.terraform: kind for kind in ROTATION + SURROUNDINGS}
