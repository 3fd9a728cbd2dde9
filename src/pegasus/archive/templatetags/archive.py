from django import template

from pegasus.archive import kinds

register = template.Library()
register.filter("kind_label", kinds.label)
