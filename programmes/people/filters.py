"""The filter bar of the people list; its state is in the address."""

import django_filters
from django.forms import Select, TextInput

from programmes.people.models import Kind, Person


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Поиск",
        method="by_words",
        widget=TextInput(attrs={"type": "search", "placeholder": "фамилия, класс, должность"}),
    )
    kind = django_filters.ChoiceFilter(
        label="Кто", choices=Kind.choices, empty_label="все", widget=Select
    )
    grade = django_filters.ChoiceFilter(
        label="Класс", choices=[(n, str(n)) for n in range(1, 12)], empty_label="все"
    )
    left = django_filters.ChoiceFilter(
        label="Показать",
        choices=[("no", "в школе"), ("yes", "выбывших")],
        empty_label="всех",
        method="by_presence",
    )
    sort = django_filters.OrderingFilter(
        fields=(("sort_key", "name"), ("grade", "class"), ("kind", "kind"), ("birth_date", "age")),
        label="Порядок",
    )

    class Meta:
        model = Person
        fields = ["kind", "grade"]

    def by_words(self, queryset, name, value):
        return queryset.search(value.replace("«", "").replace("»", "").replace('"', ""))

    def by_presence(self, queryset, name, value):
        return queryset.filter(left_on__isnull=value == "no")
