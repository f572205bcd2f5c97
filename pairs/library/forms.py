"""Forms of the library."""

from django import forms

from pairs.library.checking import checked_file
from pairs.library.models import LibraryItem
from programmes.careful import CarefulForm
from programmes.models import NeedCategory
from programmes.school.forms import CleanCharField


class ItemForm(CarefulForm):
    title = CleanCharField(label="Название", max_length=300)
    about = CleanCharField(
        label="О чём и когда пригодится",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    link = forms.URLField(
        label="Ссылка", required=False, max_length=500, assume_scheme="https",
        help_text="Адрес страницы, если материал в интернете.",
    )  # fmt: skip
    upload = forms.FileField(
        label="Файл",
        required=False,
        help_text="PDF, JPEG, PNG до 10 МБ; DOCX, XLSX, PPTX до 5 МБ без макросов.",
    )

    class Meta:
        model = LibraryItem
        fields = ["title", "about", "link", "forms", "categories", "is_used"]
        widgets = {
            "forms": forms.CheckboxSelectMultiple,
            "categories": forms.CheckboxSelectMultiple,
        }
        labels = {"is_used": "Используется"}
        help_texts = {
            "forms": "Ничего не отмечено – для всех форм.",
            "categories": "Ничего не отмечено – для любых запросов.",
        }

    field_order = ["title", "about", "link", "upload", "forms", "categories", "is_used"]

    def __init__(self, *args, too_large: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        school = self.instance.school
        self.too_large = too_large
        self.fields["forms"].queryset = school.forms.all()
        self.fields["forms"].label_from_instance = lambda form: form.title
        categories = NeedCategory.objects.filter(school=school)
        kept = self.instance.pk and categories.filter(library=self.instance)
        used = categories.filter(is_used=True)
        self.fields["categories"].queryset = (used | kept).distinct() if kept else used
        self.fields["forms"].label = "Для форм"
        self.fields["categories"].label = "Для запросов"
        self.kept: tuple[bytes, str, str] | None = None
        if self.instance.file:
            self.fields["upload"].help_text += f" Сейчас: {self.instance.file_title}."

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError("Адрес начинается с https:// или http://.")
        return link

    def clean(self):
        data = super().clean()
        if self.too_large:
            self.add_error("upload", "Файл слишком большой: не более 10 МБ.")
        uploaded = data.get("upload")
        if uploaded and "upload" not in self.errors:
            try:
                content, extension = checked_file(uploaded)
            except forms.ValidationError as error:
                self.add_error("upload", error)
            else:
                self.kept = content, extension, uploaded.name[-150:]
        same = LibraryItem.objects.filter(school=self.instance.school, title=data.get("title"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", "Материал с таким названием уже есть.")
        return data


class SendForm(forms.Form):
    note = CleanCharField(
        label="Слово от куратора", required=False, max_length=300,
        help_text="Например: посмотрите перед второй встречей.",
    )  # fmt: skip
